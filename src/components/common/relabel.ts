// The `rule` block of relabeling, and the capsule that exports rules.
// Source of the behaviour: alloy/internal/component/common/relabel/relabel.go.

import { capsule, list } from '../../schema/composites.ts'
import { exactUint64, string } from '../../schema/scalars.ts'
import { type ArgumentsOf, optional, schema } from '../../schema/schema.ts'
import { oneOf, relabelPattern } from '../../schema/texts.ts'

const actions = [
  'replace',
  'keep',
  'drop',
  'keepequal',
  'dropequal',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
] as const

const action = oneOf(actions, {
  otherwise: (written) => `unrecognized action type "${written}"`,
})

/** Any text is a label name here; only templates of names are held to the old rules. */
const targetNeeded: ReadonlySet<string> = new Set([
  'replace',
  'hashmod',
  'lowercase',
  'uppercase',
  'keepequal',
  'dropequal',
])

export const relabelRule = schema(
  {
    source_labels: optional(list(string), [], 'Labels whose values are joined and matched.'),
    separator: optional(string, ';', 'What stands between the joined values.'),
    regex: optional(relabelPattern, '(.*)', 'RE2 expression that must match the joined values.'),
    modulus: optional(exactUint64, 0, 'Modulus of the hash, for `hashmod`.'),
    target_label: optional(string, '', 'Label that the result is written to.'),
    replacement: optional(string, '$1', 'What is written; `$1` is the first group of the match.'),
    action: optional(action, 'replace', 'What the rule does.'),
  },
  {
    check: (rule, fail) => {
      const problem = ruleProblem(rule)
      if (problem !== undefined) fail(problem)
    },
  },
)

export type RelabelRule = ArgumentsOf<typeof relabelRule>

/**
 * Which names rules may make: as Alloy checks its blocks, where only templates count, or as
 * Prometheus checks its own files under either of its schemes.
 */
export type RuleNames = 'alloy' | 'legacy' | 'utf8'

/** What is wrong with a rule as a whole, in the words of the original. */
export function ruleProblem(rule: RelabelRule, names: RuleNames = 'alloy'): string | undefined {
  const { action, modulus, target_label } = rule
  if (modulus === 0n && action === 'hashmod') {
    return 'relabel configuration for hashmod requires non-zero modulus'
  }
  if (targetNeeded.has(action) && target_label === '') {
    return `relabel configuration for ${action} action requires 'target_label' value`
  }
  return labelProblem(rule, names) ?? surplusProblem(rule)
}

/**
 * A label name with parts such as `$1` and `${name}`. There is one way to read a text by it, so
 * that none takes long.
 */
const targetTemplate = /^(?:[a-zA-Z_]|\$(?:\{\w+\}|\w))(?:\w|\$(?:\{\w+\}|\w))*$/

const legacyName = /^[a-zA-Z_][a-zA-Z0-9_]*$/

function labelProblem(rule: RelabelRule, names: RuleNames): string | undefined {
  const { action, target_label, replacement } = rule
  const isTemplate = target_label.includes('$')
  const invalid = `"${target_label}" is invalid 'target_label' for ${action} action`
  const takesTemplates = names === 'utf8' || targetTemplate.test(target_label)
  if (action === 'replace' && isTemplate && !takesTemplates) return invalid
  const isPlain = targetNeeded.has(action) && !(action === 'replace' && isTemplate)
  if (names === 'legacy' && isPlain && !legacyName.test(target_label)) return invalid
  if (action === 'labelmap' && names !== 'utf8' && !targetTemplate.test(replacement)) {
    return `"${replacement}" is invalid 'replacement' for ${action} action`
  }
  return undefined
}

/** Settings that the action would ignore. */
function surplusProblem(rule: RelabelRule): string | undefined {
  const { action, regex, modulus, separator, replacement, target_label, source_labels } = rule
  const isDefault = regex === '(.*)' && modulus === 0n && separator === ';' && replacement === '$1'
  if ((action === 'lowercase' || action === 'uppercase') && replacement !== '$1') {
    return `'replacement' can not be set for ${action} action`
  }
  if ((action === 'keepequal' || action === 'dropequal') && !isDefault) {
    const fields = "'source_labels' and `target_label`"
    return `${action} action requires only ${fields}, and no other fields`
  }
  const isSelecting = action === 'labeldrop' || action === 'labelkeep'
  const hasMore = source_labels.length > 0 || target_label !== '' || modulus !== 0n
  if (isSelecting && (hasMore || separator !== ';' || replacement !== '$1')) {
    return `${action} action requires only 'regex', and no other fields`
  }
  return undefined
}

/** What `rules` exports carry. */
export const relabelRules = capsule<readonly RelabelRule[]>('relabel.Rules', 'RelabelRules', {
  empty: [],
})

// Runs relabel rules over labels.
// Source of the behaviour: prometheus/model/relabel/relabel.go.

import { createHash } from 'node:crypto'
import { toLower, toUpper } from '../../../go/case.ts'
import { expand } from '../../../go/expand.ts'
import { compileRe2, type Re2 } from '../../../go/re2.ts'
import { bytesOf, isEscaped } from '../../../go/text.ts'
import type { RelabelRule } from '../relabel.ts'

/** Labels by name, none empty. Rules change them in place. */
export type MutableLabels = Map<string, string>

export interface RelabelOptions {
  /** Names that rules make must be as Prometheus had them before UTF-8 names. */
  readonly legacyNames: boolean
}

interface CompiledRule {
  readonly rule: RelabelRule
  readonly regex: Re2
}

/** Rules ready to run. Throws where a pattern is none, which decoding has ruled out. */
export class RelabelRules {
  readonly #rules: readonly CompiledRule[]
  readonly #isName: (name: string) => boolean

  constructor(rules: readonly RelabelRule[], { legacyNames }: RelabelOptions) {
    this.#rules = rules.map((rule) => ({
      rule,
      regex: compileRe2(rule.regex, { anchored: true }),
    }))
    this.#isName = legacyNames ? isLegacyName : isUtf8Name
  }

  get count(): number {
    return this.#rules.length
  }

  /** Whether the labels are kept. Where they are not, they may be changed in part. */
  apply(labels: MutableLabels): boolean {
    for (const compiled of this.#rules) if (!this.#applyRule(compiled, labels)) return false
    return true
  }

  #applyRule({ rule, regex }: CompiledRule, labels: MutableLabels): boolean {
    switch (rule.action) {
      case 'keep':
        return regex.test(sourceOf(rule, labels))
      case 'drop':
        return !regex.test(sourceOf(rule, labels))
      case 'keepequal':
        return sourceOf(rule, labels) === (labels.get(rule.target_label) ?? '')
      case 'dropequal':
        return sourceOf(rule, labels) !== (labels.get(rule.target_label) ?? '')
      case 'replace':
        this.#replace(rule, regex, labels)
        return true
      case 'hashmod':
        set(labels, rule.target_label, hashModulo(sourceOf(rule, labels), BigInt(rule.modulus)))
        return true
      case 'lowercase':
        set(labels, rule.target_label, toLower(sourceOf(rule, labels)))
        return true
      case 'uppercase':
        set(labels, rule.target_label, toUpper(sourceOf(rule, labels)))
        return true
      case 'labelmap':
        mapLabels(rule, regex, labels)
        return true
      case 'labeldrop':
        for (const name of [...labels.keys()]) if (regex.test(name)) labels.delete(name)
        return true
      case 'labelkeep':
        for (const name of [...labels.keys()]) if (!regex.test(name)) labels.delete(name)
        return true
    }
  }

  #replace(rule: RelabelRule, regex: Re2, labels: MutableLabels): void {
    const match = regex.exec(sourceOf(rule, labels))
    if (match === undefined) return
    const target = expand(rule.target_label, match, regex.groupNames)
    if (this.#isName(target)) set(labels, target, expand(rule.replacement, match, regex.groupNames))
  }
}

function sourceOf({ source_labels, separator }: RelabelRule, labels: MutableLabels): string {
  if (source_labels.length === 1) return labels.get(source_labels[0]!) ?? ''
  return source_labels.map((name) => labels.get(name) ?? '').join(separator)
}

function set(labels: MutableLabels, name: string, value: string): void {
  if (value === '') labels.delete(name)
  else labels.set(name, value)
}

/** In the order of names, so that of two labels mapped to one name the later name wins. */
function mapLabels({ replacement }: RelabelRule, regex: Re2, labels: MutableLabels): void {
  const before = [...labels].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, value] of before) {
    const match = regex.exec(name)
    if (match !== undefined) set(labels, expand(replacement, match, regex.groupNames), value)
  }
}

/** The last 8 bytes of the MD5, big-endian, modulo `modulus`. */
function hashModulo(text: string, modulus: bigint): string {
  const digest = createHash('md5').update(bytesOf(text)).digest()
  return String(digest.readBigUInt64BE(8) % modulus)
}

const legacyName = /^[a-zA-Z_][a-zA-Z0-9_]*$/

function isLegacyName(name: string): boolean {
  return legacyName.test(name)
}

function isUtf8Name(name: string): boolean {
  return name !== '' && !isEscaped(name)
}

// The rules of relabeling, with their defaults where nothing is written.

import type { LintedConfig } from './lint.ts'
import { ruleBlocks } from './pattern_sites.ts'
import { attributeOf, type BlockSite, knownValue, textOf, textsOf } from './visit.ts'

export interface RuleSite {
  readonly site: BlockSite
  readonly action: string | undefined
  readonly sourceLabels: readonly string[] | undefined
  readonly separator: string | undefined
  /** Undefined, as all of these, where only a running program knows it. */
  readonly regex: string | undefined
  readonly replacement: string | undefined
  readonly targetLabel: string | undefined
}

/** Rules of one block, in the order in which they are applied. */
export type RuleList = readonly RuleSite[]

export function ruleLists({ blocks }: LintedConfig): readonly RuleList[] {
  const lists = new Map<object, RuleSite[]>()
  for (const site of blocks) {
    if (!ruleBlocks.has(site.path.at(-1) ?? '')) continue
    const around = site.parent?.block ?? site.block
    lists.set(around, [...(lists.get(around) ?? []), ruleOf(site)])
  }
  return [...lists.values()]
}

function ruleOf(site: BlockSite): RuleSite {
  const text = (name: string, preset: string) => {
    const attribute = attributeOf(site.block, name)
    return attribute === undefined ? preset : textOf(knownValue(attribute.value, site.node))
  }
  const labels = attributeOf(site.block, 'source_labels')
  return {
    site,
    action: text('action', 'replace'),
    sourceLabels: labels === undefined ? [] : textsOf(knownValue(labels.value, site.node)),
    separator: text('separator', ';'),
    regex: text('regex', '(.*)'),
    replacement: text('replacement', '$1'),
    targetLabel: text('target_label', ''),
  }
}

// Where configurations hold regular expressions.

import { patternProblem } from '../schema/texts.ts'
import type { LintedConfig } from './lint.ts'
import { type AttributeSite, knownValue, textOf } from './visit.ts'

export interface PatternSite extends AttributeSite {
  readonly pattern: string
  /** Whether the whole text must match; else any part of it may. */
  readonly isAnchored: boolean
}

/** Blocks of relabeling, in every component that has them. */
export const ruleBlocks: ReadonlySet<string> = new Set(['rule', 'write_relabel_config'])

/** By component: the way to patterns that are looked for anywhere in a text. */
const searches: Readonly<Record<string, readonly string[]>> = {
  'loki.process': [
    'stage.drop.expression',
    'stage.json.regex',
    'stage.logfmt.regex',
    'stage.luhn.skip_regex',
    'stage.multiline.firstline',
    'stage.regex.expression',
    'stage.replace.expression',
    'stage.structured_metadata.regex',
  ],
  'prometheus.exporter.unix': [
    'diskstats.device_exclude',
    'diskstats.device_include',
    'filesystem.fs_types_exclude',
    'filesystem.mount_points_exclude',
    'netclass.ignored_devices',
    'netdev.device_exclude',
    'netdev.device_include',
  ],
  'prometheus.exporter.kafka': [
    'groups_exclude_regex',
    'groups_filter_regex',
    'topics_exclude_regex',
    'topics_filter_regex',
  ],
}

/** Patterns that are known and that RE2 accepts. */
export function patternSites({ attributes }: LintedConfig): readonly PatternSite[] {
  return attributes.flatMap((site) => {
    const isAnchored = isRulePattern(site)
    if (!isAnchored && !isSearch(site)) return []
    const pattern = textOf(knownValue(site.attribute.value, site.node))
    if (pattern === undefined || patternProblem(pattern) !== undefined) return []
    return [{ ...site, pattern, isAnchored }]
  })
}

function isRulePattern({ path, attribute }: AttributeSite): boolean {
  return attribute.name === 'regex' && ruleBlocks.has(path.at(-1) ?? '')
}

function isSearch({ node, path, attribute }: AttributeSite): boolean {
  // Stages may stand within stage.match, at any depth.
  const way = [path.at(-1), attribute.name].filter(Boolean).join('.')
  return searches[node.block.name]?.includes(way) ?? false
}

// contradicting-limits

import { floatOf, isNumber } from '../eval/coerce.ts'
import type { Value } from '../eval/value.ts'
import { parseBase2Bytes } from '../go/base2_bytes.ts'
import type { Lint, Report } from './lint.ts'
import { type BlockSite, durationOf, settingOf, textOf } from './visit.ts'

export const contradictingLimits: Lint = {
  code: 'contradicting-limits',
  severity: 'warning',
  summary: 'Two limits contradict each other: the smaller one is larger.',
  check({ blocks }, report) {
    for (const site of blocks) for (const pair of pairsOf(site)) compare(site, pair, report)
  },
}

type Pair = readonly [smaller: string, larger: string]

const pairs: readonly Pair[] = [
  ['poll_timeout', 'poll_frequency'],
  ['timeout', 'collection_interval'],
  ['initial_interval', 'max_interval'],
  ['max_interval', 'max_elapsed_time'],
  ['spike_limit', 'limit'],
  ['spike_limit_percentage', 'limit_percentage'],
  ['send_batch_size', 'send_batch_max_size'],
  ['pull_timeout', 'pull_frequency'],
]

/** Also what begins with `min_` and `max_`. */
function pairsOf({ block }: BlockSite): readonly Pair[] {
  const names = new Set(block.body.map(({ name }) => name))
  const bounds = [...names].flatMap((name): string[] => {
    const [, rest] = /^(?:min|max)_(.+)$/.exec(name) ?? []
    return rest === undefined ? [] : [rest]
  })
  const own = [...new Set(bounds)].map((rest): Pair => [`min_${rest}`, `max_${rest}`])
  return [...pairs, ...own].filter(([a, b]) => names.has(a) || names.has(b))
}

function compare(site: BlockSite, [smaller, larger]: Pair, report: Report): void {
  const low = settingOf(site, smaller)
  const high = settingOf(site, larger)
  const a = amountOf(low.value)
  const b = amountOf(high.value)
  // Where zero stands for the larger one, there is no limit.
  if (a === undefined || b === undefined || b === 0 || a <= b) return
  const attribute = low.attribute ?? high.attribute
  if (attribute === undefined) return
  const shown = (value: Value | undefined) => textOf(value) ?? String(amountOf(value))
  report(
    attribute.span,
    `${smaller} (${shown(low.value)}) is larger than ${larger} (${shown(high.value)})`,
  )
}

/** Durations in ms, sizes in bytes, plain numbers. */
function amountOf(value: Value | undefined): number | undefined {
  if (value !== undefined && isNumber(value)) return floatOf(value)
  const duration = durationOf(value)
  const text = textOf(value)
  if (duration !== undefined || text === undefined) return duration
  try {
    return Number(parseBase2Bytes(text))
  } catch {
    return undefined // which is no amount
  }
}

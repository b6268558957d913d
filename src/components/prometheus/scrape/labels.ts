// The labels of a scraped series: those of the page, those of the target, and who wins.

import { quote } from '../../../go/quote.ts'

export interface LabelRules {
  readonly honorLabels: boolean
  /** Names as Prometheus had them before UTF-8 names. */
  readonly legacyNames: boolean
  /** 0: no bound. Lengths in bytes. */
  readonly labelLimit: number
  readonly nameLengthLimit: number
  readonly valueLengthLimit: number
}

/** A label limit was exceeded, which fails the scrape. */
export class LabelLimitError extends Error {
  override readonly name = 'LabelLimitError'
}

const legacyMetricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const legacyLabelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/**
 * The labels of a series, given the exposed ones and those of its target, both as name, value, ….
 * Throws where the result is no valid series, which fails the scrape.
 */
export function seriesLabels(
  exposed: readonly string[],
  target: readonly string[],
  rules: LabelRules,
): readonly string[] {
  const labels = rules.honorLabels ? honored(exposed, target) : overridden(exposed, target)
  check(labels, rules)
  return labels.flat()
}

type Pair = readonly [name: string, value: string]

function honored(exposed: readonly string[], target: readonly string[]): readonly Pair[] {
  const own = pairs(exposed)
  const has = new Set(own.map(([name]) => name))
  return withoutEmpty([...own, ...pairs(target).filter(([name]) => !has.has(name))])
}

/** Exposed labels that clash move to `exported_NAME`, the shorter names first. */
function overridden(exposed: readonly string[], target: readonly string[]): readonly Pair[] {
  const wins = new Map(pairs(target))
  const own = pairs(exposed)
  const clashing = own.filter(([name, value]) => wins.has(name) && value !== '')
  const result = [...withoutEmpty(own.filter(([name]) => !wins.has(name))), ...wins]
  const taken = new Set(result.map(([name]) => name))
  clashing.sort(([a], [b]) => a.length - b.length)
  for (const [name, value] of clashing) {
    let renamed = `exported_${name}`
    while (taken.has(renamed)) renamed = `exported_${renamed}`
    taken.add(renamed)
    result.push([renamed, value])
  }
  return result
}

function pairs(flat: readonly string[]): Pair[] {
  const list: Pair[] = []
  for (let i = 0; i < flat.length; i += 2) list.push([flat[i]!, flat[i + 1]!])
  return list
}

function withoutEmpty(labels: readonly Pair[]): Pair[] {
  return labels.filter(([, value]) => value !== '')
}

function check(labels: readonly Pair[], rules: LabelRules): void {
  const metric = labels.find(([name]) => name === '__name__')?.[1]
  if (metric === undefined) throw new Error('missing metric name (__name__ label)')
  const names = new Set<string>()
  for (const [name] of labels) {
    if (names.has(name)) throw new Error(`label name ${quote(name)} is not unique: invalid sample`)
    names.add(name)
  }
  const isValid =
    !rules.legacyNames ||
    (legacyMetricName.test(metric) && labels.every(([name]) => legacyLabelName.test(name)))
  if (!isValid) throw new Error(`invalid metric name or label names: ${printed(labels)}`)
  checkLimits(labels, metric, rules)
}

function checkLimits(labels: readonly Pair[], metric: string, rules: LabelRules): void {
  const { labelLimit, nameLengthLimit, valueLengthLimit } = rules
  const of = `metric: ${cut(metric)}`
  if (labelLimit > 0 && labels.length > labelLimit) {
    throw new LabelLimitError(
      `label_limit exceeded (${of}, number of labels: ${labels.length}, limit: ${labelLimit})`,
    )
  }
  if (nameLengthLimit === 0 && valueLengthLimit === 0) return
  for (const [name, value] of labels) {
    const nameLength = Buffer.byteLength(name)
    if (nameLengthLimit > 0 && nameLength > nameLengthLimit) {
      throw new LabelLimitError(
        `label_name_length_limit exceeded (${of}, label name: ${cut(name)}, length: ${nameLength}, limit: ${nameLengthLimit})`,
      )
    }
    const valueLength = Buffer.byteLength(value)
    if (valueLengthLimit > 0 && valueLength > valueLengthLimit) {
      throw new LabelLimitError(
        `label_value_length_limit exceeded (${of}, label name: ${cut(name)}, value: ${quote(cut(value))}, length: ${valueLength}, limit: ${valueLengthLimit})`,
      )
    }
  }
}

function printed(labels: readonly Pair[]): string {
  const sorted = [...labels].sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([name, value]) => `${name}=${quote(value)}`).join(', ')}}`
}

function cut(text: string): string {
  return [...text].slice(0, 50).join('')
}

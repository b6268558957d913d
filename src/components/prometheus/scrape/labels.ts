// The labels of a scraped series: those of the page, those of the target, and who wins.

import { quote } from '../../../go/quote.ts'
import { LabelSet } from '../../../model/label_set.ts'

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

/** A scrape with more samples than `sample_limit`. */
export class SampleLimitError extends Error {
  override readonly name = 'SampleLimitError'
}

const legacyMetricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const legacyLabelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/

/**
 * The labels of a series, given the exposed ones and those of its target, all as name, value, ….
 * Throws where the result is no valid series, which fails the scrape.
 *
 * Hot: once for each new series, so it works on the flat lists.
 */
export function seriesLabels(
  exposed: readonly string[],
  target: readonly string[],
  rules: LabelRules,
): readonly string[] {
  const labels = rules.honorLabels ? honored(exposed, target) : overridden(exposed, target)
  check(labels, rules)
  return labels
}

/** An exposed label keeps the target's away even where it is empty. */
function honored(exposed: readonly string[], target: readonly string[]): string[] {
  const labels: string[] = []
  for (let i = 0; i < exposed.length; i += 2) {
    if (exposed[i + 1] !== '') labels.push(exposed[i]!, exposed[i + 1]!)
  }
  for (let i = 0; i < target.length; i += 2) {
    if (!has(exposed, target[i]!)) labels.push(target[i]!, target[i + 1]!)
  }
  return labels
}

/** Exposed labels that clash move to `exported_NAME`. */
function overridden(exposed: readonly string[], target: readonly string[]): string[] {
  const labels: string[] = []
  const clashing: [name: string, value: string][] = []
  for (let i = 0; i < exposed.length; i += 2) {
    const name = exposed[i]!
    const value = exposed[i + 1]!
    if (value === '') continue
    if (has(target, name)) clashing.push([name, value])
    else labels.push(name, value)
  }
  for (let i = 0; i < target.length; i++) labels.push(target[i]!)
  if (clashing.length > 0) rename(clashing, labels)
  return labels
}

/** Shorter names are renamed first; the prefix repeats while the name is taken. */
function rename(clashing: [name: string, value: string][], labels: string[]): void {
  clashing.sort(([a], [b]) => a.length - b.length)
  for (const [name, value] of clashing) {
    let renamed = `exported_${name}`
    while (has(labels, renamed)) renamed = `exported_${renamed}`
    labels.push(renamed, value)
  }
}

function has(labels: readonly string[], name: string): boolean {
  for (let i = 0; i < labels.length; i += 2) if (labels[i] === name) return true
  return false
}

/** More labels than this are compared through a set. */
const fewLabels = 32

function check(labels: readonly string[], rules: LabelRules): void {
  let metric: string | undefined
  let isValid = true
  for (let i = 0; i < labels.length; i += 2) {
    const name = labels[i]!
    if (name === '__name__') metric ??= labels[i + 1]!
    isValid &&= isLabelName(name, rules)
  }
  if (metric === undefined) throw new Error('missing metric name (__name__ label)')
  const twice = duplicate(labels)
  if (twice !== undefined) {
    throw new Error(`label name ${quote(twice)} is not unique: invalid sample`)
  }
  if (!isValid || !isMetricName(metric, rules)) {
    throw new Error(`invalid metric name or label names: ${printed(labels)}`)
  }
  const { labelLimit, nameLengthLimit, valueLengthLimit } = rules
  if (labelLimit + nameLengthLimit + valueLengthLimit > 0) checkLimits(labels, metric, rules)
}

function isLabelName(name: string, { legacyNames }: LabelRules): boolean {
  return legacyNames ? legacyLabelName.test(name) : name !== '' && name.isWellFormed()
}

function isMetricName(name: string, { legacyNames }: LabelRules): boolean {
  return legacyNames ? legacyMetricName.test(name) : name.isWellFormed()
}

/** The first name that occurs twice. */
function duplicate(labels: readonly string[]): string | undefined {
  if (labels.length > 2 * fewLabels) {
    const names = labels.filter((_, i) => i % 2 === 0)
    return names.length === new Set(names).size
      ? undefined
      : names.find((name, i) => names.indexOf(name) < i)
  }
  for (let i = 2; i < labels.length; i += 2) {
    for (let k = 0; k < i; k += 2) if (labels[k] === labels[i]) return labels[i]
  }
  return undefined
}

function checkLimits(labels: readonly string[], metric: string, rules: LabelRules): void {
  const { labelLimit, nameLengthLimit, valueLengthLimit } = rules
  const of = `metric: ${cut(metric)}`
  if (labelLimit > 0 && labels.length / 2 > labelLimit) {
    throw new LabelLimitError(
      `label_limit exceeded (${of}, number of labels: ${labels.length / 2}, limit: ${labelLimit})`,
    )
  }
  for (let i = 0; i < labels.length; i += 2) {
    const name = labels[i]!
    const value = labels[i + 1]!
    const nameLength = Buffer.byteLength(name)
    if (nameLengthLimit > 0 && nameLength > nameLengthLimit) {
      throw new LabelLimitError(
        `label_name_length_limit exceeded (${of}, label name: ${cut(name)}, ` +
          `length: ${nameLength}, limit: ${nameLengthLimit})`,
      )
    }
    const valueLength = Buffer.byteLength(value)
    if (valueLengthLimit > 0 && valueLength > valueLengthLimit) {
      throw new LabelLimitError(
        `label_value_length_limit exceeded (${of}, label name: ${cut(name)}, ` +
          `value: ${quote(cut(value))}, length: ${valueLength}, limit: ${valueLengthLimit})`,
      )
    }
  }
}

function printed(labels: readonly string[]): string {
  const shown = [...LabelSet.of(labels)].map(([name, value]) => `${name}=${quote(value)}`)
  return `{${shown.join(', ')}}`
}

function cut(text: string): string {
  return [...text].slice(0, 50).join('')
}

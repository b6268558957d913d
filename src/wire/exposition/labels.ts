// Labels of an entry as text: escapes resolved, `le` and `quantile` in one form, type and unit
// added.

import { formatOpenMetricsFloat, parseFloat64 } from '../../go/float.ts'
import { textOf } from '../../go/text.ts'
import type { MetricType } from '../../model/samples.ts'
import type { Dialect } from './tokens.ts'

export interface LabelOptions {
  /** Adds `__type__` and `__unit__` where known, in place of exposed labels of that name. */
  readonly typeAndUnit?: boolean
}

interface Context {
  readonly bytes: Buffer
  readonly type: MetricType
  readonly unit: string
}

/** Start and end of name and value of each label. */
interface Spans {
  readonly offsets: Uint32Array
  readonly count: number
}

/** Name, value, name, value, …; the metric name first, where there is one. */
export function labelsOf(
  context: Context,
  metric: string | undefined,
  spans: Spans,
  options: LabelOptions,
): string[] {
  const { bytes, type, unit } = context
  const labels = metric === undefined ? [] : ['__name__', metric]
  const hasType = options.typeAndUnit === true && type !== 'unknown'
  const hasUnit = options.typeAndUnit === true && unit !== ''
  if (hasType) labels.push('__type__', type)
  if (hasUnit) labels.push('__unit__', unit)
  const bound = metric === undefined ? '' : boundLabel(type)
  for (let i = 0; i < spans.count; i++) {
    const at = i * 4
    const name = unescapeText(bytes, spans.offsets[at]!, spans.offsets[at + 1]!)
    if (hasType && name === '__type__') continue
    if (hasUnit && name === '__unit__') continue
    if (options.typeAndUnit === true && name === '__name__') continue
    const value = unescapeText(bytes, spans.offsets[at + 2]!, spans.offsets[at + 3]!)
    labels.push(name, name === bound ? normalBound(value) : value)
  }
  return labels
}

const suffixes = /_(?:total|created|bucket|count|sum)$/

/** What the series of one histogram, summary or counter have in common: family and labels. */
export function groupKeyOf(context: Context, metric: string, spans: Spans): string {
  const labels = labelsOf(context, undefined, spans, {})
  const bound = boundLabel(context.type)
  const parts = [metric.replace(suffixes, '')]
  for (let i = 0; i < labels.length; i += 2) {
    if (labels[i] !== bound) parts.push(labels[i]!, labels[i + 1]!)
  }
  return JSON.stringify(parts)
}

/** The label that holds a number in series of this type; '' for none. */
export function boundLabel(type: MetricType): string {
  return type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : ''
}

function normalBound(text: string): string {
  let value: number
  try {
    value = parseFloat64(text)
  } catch {
    // Not a number: it stays as it is, as upstream leaves it.
    return text
  }
  return value === 0 ? '0.0' : formatOpenMetricsFloat(value)
}

/** The text of a quoted string's inside or of a bare name. */
export function unescapeText(bytes: Buffer, from: number, to: number): string {
  const text = sliceText(bytes, from, to)
  return text.includes('\\') ? text.replace(/\\[\\"n]/g, unescaped) : text
}

/** Prometheus text knows `\\` and `\n` in HELP, OpenMetrics also `\"`. */
export function unescapeHelp(bytes: Buffer, from: number, to: number, dialect: Dialect): string {
  const text = sliceText(bytes, from, to)
  const escapes = dialect === 'openmetrics' ? /\\[\\"n]/g : /\\[\\n]/g
  return text.replace(escapes, unescaped)
}

function unescaped(pair: string): string {
  return pair === '\\n' ? '\n' : pair[1]!
}

/** Longer texts repeat too seldom to be worth a look. */
const keptLengthMax = 48
/** Texts met last, one for each value of a hash: names and values repeat from series to series. */
const kept: string[] = new Array(4096).fill('')

/** Hot: 60 ns for a text met before, 200 ns else. */
function sliceText(bytes: Buffer, from: number, to: number): string {
  const length = to - from
  let hash = length
  let seen = 0
  for (let p = from; p < to; p++) {
    const byte = bytes[p]!
    seen |= byte
    hash = Math.imul(hash, 31) + byte
  }
  if (seen > 0x7f) return textOf(bytes.subarray(from, to))
  if (length > keptLengthMax) return bytes.toString('latin1', from, to)
  const place = (hash ^ (hash >>> 12)) & 4095
  const known = kept[place]!
  if (known.length === length) {
    let i = 0
    while (i < length && known.charCodeAt(i) === bytes[from + i]) i++
    if (i === length) return known
  }
  const text = bytes.toString('latin1', from, to)
  kept[place] = text
  return text
}

// Reads of a page of metrics only the wanted families: a page may be long, and a client wants few.
// Source of the format: Prometheus text exposition format 0.0.4.

export interface MetricSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** A line longer than this is left out: 64 KiB. */
export const metricLineLengthMax = 64 << 10

/** Undefined for comments, for other names than the wanted ones, and for what is no sample. */
export function metricSample(line: string, wanted: ReadonlySet<string>): MetricSample | undefined {
  const name = /^[^\s{#]+/.exec(line)?.[0]
  if (name === undefined || !wanted.has(name)) return undefined
  const labels: Record<string, string> = {}
  let at = name.length
  if (line[at] === '{') {
    label.lastIndex = at + 1
    for (let match = label.exec(line); match !== null; match = label.exec(line)) {
      labels[match[1]!] = unescaped(match[2]!)
      at = label.lastIndex
    }
    at = line.indexOf('}', Math.max(at, name.length + 1))
    if (at < 0) return undefined
    at++
  }
  const [text = ''] = line.slice(at).trim().split(/\s/, 1)
  const value = numberOf(text)
  return value === undefined ? undefined : { name, labels, value }
}

const label = /\s*([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*,?/y

function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replaceAll(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char))
}

function numberOf(text: string): number | undefined {
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY
  if (text === '-Inf') return Number.NEGATIVE_INFINITY
  if (text === 'NaN') return Number.NaN
  const value = text === '' ? Number.NaN : Number(text)
  return Number.isNaN(value) ? undefined : value
}

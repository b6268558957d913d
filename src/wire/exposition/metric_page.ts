// A page of metrics in Prometheus' text format, as the Go client library writes it: families by
// name, the series of a family by their label values, labels by name.
// Source: prometheus/common/expfmt and prometheus/client_golang.

import { setImmediate } from 'node:timers/promises'
import { formatFloat } from '../../go/float.ts'
import { bytesOf, compareText } from '../../go/text.ts'

export interface FamilySpec {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'untyped' | 'summary' | 'histogram'
}

export type PageLabels = Readonly<Record<string, string>>

/** The content type of `MetricPage.bytes`. */
export const metricPageType = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores'

interface Family {
  readonly spec: FamilySpec
  /** By their text within braces, `` without labels. */
  readonly rows: Map<string, Row>
}

interface Row {
  /** Values in the order of the labels' names. */
  readonly order: readonly string[]
  readonly lines: string
}

/** About 1,000 series, which take 1 ms. */
const turnSizeBytes = 64 * 1024

export class MetricPage {
  readonly #families = new Map<string, Family>()

  /**
   * Adds a series. Throws where the page has it already, or the family with another type or help,
   * for then the original gives no page at all, and for a name that metrics cannot have.
   */
  add(spec: FamilySpec, value: number, labels: PageLabels = {}): void {
    const names = namesOf(labels)
    const text = labelText(labels, names)
    const lines = `${spec.name}${braced(text)} ${goFloat(value)}\n`
    this.#put(spec, text, { order: valuesOf(labels, names), lines })
  }

  /** Adds a series of a summary; `quantiles` by their label, in order. */
  addSummary(
    spec: FamilySpec,
    { count, sum, quantiles }: SummaryValue,
    labels: PageLabels = {},
  ): void {
    const names = namesOf(labels)
    const text = labelText(labels, names)
    const parts = [...quantiles].map(([quantile, value]) => {
      return line(spec.name, joined(text, `quantile="${quantile}"`), value)
    })
    parts.push(line(`${spec.name}_sum`, text, sum), line(`${spec.name}_count`, text, count))
    this.#put(spec, text, { order: valuesOf(labels, names), lines: parts.join('') })
  }

  /** Adds a series of a histogram; `buckets` cumulative by upper bound, without +Inf. */
  addHistogram(
    spec: FamilySpec,
    { count, sum, buckets }: HistogramValue,
    labels: PageLabels = {},
  ): void {
    const names = namesOf(labels)
    const text = labelText(labels, names)
    const parts = [...buckets, [Number.POSITIVE_INFINITY, count] as const].map(([bound, value]) => {
      return line(`${spec.name}_bucket`, joined(text, `le="${goFloat(bound)}"`), value)
    })
    parts.push(line(`${spec.name}_sum`, text, sum), line(`${spec.name}_count`, text, count))
    this.#put(spec, text, { order: valuesOf(labels, names), lines: parts.join('') })
  }

  /**
   * Takes the series of another page, which must not be used any more. Gives what was wrong with
   * those that had to be left out: there already, or described otherwise.
   */
  take(page: MetricPage): string[] {
    const problems: string[] = []
    for (const { rows, spec } of page.#families.values()) {
      for (const [text, row] of rows) {
        try {
          this.#put(spec, text, row)
        } catch (error) {
          problems.push((error as Error).message)
        }
      }
    }
    return problems
  }

  text(): string {
    return this.#sorted().map(familyText).join('')
  }

  bytes(): Uint8Array {
    return bytesOf(this.text())
  }

  /** As `bytes`, with turns for others between families: for tens of thousands of series. */
  async bytesInTurns(): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    let size = 0
    for (const family of this.#sorted()) {
      const part = bytesOf(familyText(family))
      parts.push(part)
      size += part.length
      if (size < turnSizeBytes) continue
      size = 0
      await setImmediate()
    }
    return Buffer.concat(parts)
  }

  #sorted(): Family[] {
    return [...this.#families.values()].sort((a, b) => compareText(a.spec.name, b.spec.name))
  }

  #put(spec: FamilySpec, text: string, row: Row): void {
    const { rows } = this.#family(spec)
    if (rows.has(text)) throw new Error(`${spec.name}${braced(text)} is there twice`)
    rows.set(text, row)
  }

  #family(spec: FamilySpec): Family {
    const known = this.#families.get(spec.name)
    if (known === undefined) {
      if (!nameForm.test(spec.name)) throw new Error(`${spec.name} is not a name of metrics`)
      const family: Family = { spec, rows: new Map() }
      this.#families.set(spec.name, family)
      return family
    }
    if (known.spec.help !== spec.help || known.spec.type !== spec.type) {
      throw new Error(`${spec.name} is described in two ways`)
    }
    return known
  }
}

export interface SummaryValue {
  readonly count: number
  readonly sum: number
  readonly quantiles: ReadonlyMap<string, number>
}

export interface HistogramValue {
  readonly count: number
  readonly sum: number
  readonly buckets: readonly (readonly [bound: number, count: number])[]
}

const nameForm = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/

function familyText({ spec, rows }: Family): string {
  const sorted = [...rows.values()].sort(byLabelValues)
  const head = `# HELP ${spec.name} ${escapedHelp(spec.help)}\n# TYPE ${spec.name} ${spec.type}\n`
  return head + sorted.map(({ lines }) => lines).join('')
}

function byLabelValues(a: Row, b: Row): number {
  if (a.order.length !== b.order.length) return a.order.length - b.order.length
  for (let i = 0; i < a.order.length; i++) {
    const difference = compareText(a.order[i]!, b.order[i]!)
    if (difference !== 0) return difference
  }
  return 0
}

/** As `%g` with the digits that tell it apart. */
function goFloat(value: number): string {
  return formatFloat(value, 'g')
}

function line(name: string, labels: string, value: number): string {
  return `${name}${braced(labels)} ${goFloat(value)}\n`
}

function joined(labels: string, last: string): string {
  return labels === '' ? last : `${labels},${last}`
}

function braced(labels: string): string {
  return labels === '' ? '' : `{${labels}}`
}

/** Hot: a few labels in one text, 1 us. */
function labelText(labels: PageLabels, names: readonly string[]): string {
  let text = ''
  for (const name of names) {
    const value = labels[name]!
    const shown = special.test(value) ? escapedValue(value) : value
    text += `${text === '' ? '' : ','}${name}="${shown}"`
  }
  return text
}

/** What is not shown as it is; surrogates may be bytes that are no UTF-8. */
const special = /[\\\n"\ud800-\udfff]/

function valuesOf(labels: PageLabels, names: readonly string[]): readonly string[] {
  return names.map((name) => labels[name]!)
}

function namesOf(labels: PageLabels): readonly string[] {
  const names = Object.keys(labels)
  return names.length < 2 ? names : names.sort(compareText)
}

function escapedHelp(text: string): string {
  return text.replace(/[\\\n]/g, (char) => (char === '\n' ? '\\n' : '\\\\'))
}

/** A page with bytes that are no UTF-8 is refused as a whole: they become U+FFFD. */
function escapedValue(text: string): string {
  return text.toWellFormed().replace(/[\\\n"]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`))
}

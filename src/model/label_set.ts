// Labels as text, for whoever needs to look inside: rules, printers, tests. Series on the data path
// are ids of the `LabelPool`.

import { compareText } from '../go/text.ts'

/** Labels sorted by the bytes of their names, none with an empty value. Never changes. */
export class LabelSet {
  static readonly empty = new LabelSet([])

  /** Name, value, name, value, … */
  readonly flat: readonly string[]

  /** `flat` must be sorted and free of empty values already; `LabelSet.of` sees to it. */
  constructor(flat: readonly string[]) {
    this.flat = flat
  }

  /** From name, value, name, value, … in any order. Of equal names all are kept. */
  static of(flat: readonly string[]): LabelSet {
    return new LabelSet(sortedLabels(flat))
  }

  static from(labels: Readonly<Record<string, string>>): LabelSet {
    return LabelSet.of(Object.entries(labels).flat())
  }

  get size(): number {
    return this.flat.length / 2
  }

  /** The value of a label, '' where it is absent. */
  get(name: string): string {
    const { flat } = this
    for (let i = 0; i < flat.length; i += 2) if (flat[i] === name) return flat[i + 1]!
    return ''
  }

  /** The first name that occurs twice. */
  duplicateName(): string | undefined {
    const { flat } = this
    for (let i = 2; i < flat.length; i += 2) if (flat[i] === flat[i - 2]) return flat[i]
    return undefined
  }

  *[Symbol.iterator](): Generator<readonly [name: string, value: string]> {
    const { flat } = this
    for (let i = 0; i < flat.length; i += 2) yield [flat[i]!, flat[i + 1]!]
  }
}

/** The same labels sorted by the bytes of their names, without empty values. */
export function sortedLabels(flat: readonly string[]): readonly string[] {
  for (let i = 0; i < flat.length; i += 2) {
    if (flat[i + 1] === '' || (i > 0 && compareText(flat[i - 2]!, flat[i]!) > 0)) {
      return flat.length < 128 ? insertionSorted(flat) : mergeSorted(flat)
    }
  }
  return flat
}

/** A third of the time of `mergeSorted` for the ten or so labels of a series. */
function insertionSorted(flat: readonly string[]): string[] {
  const sorted: string[] = []
  for (let i = 0; i < flat.length; i += 2) {
    const name = flat[i]!
    const value = flat[i + 1]!
    if (value === '') continue
    let at = sorted.length
    sorted.push(name, value)
    for (; at > 0 && compareText(sorted[at - 2]!, name) > 0; at -= 2) {
      sorted[at] = sorted[at - 2]!
      sorted[at + 1] = sorted[at - 1]!
    }
    sorted[at] = name
    sorted[at + 1] = value
  }
  return sorted
}

function mergeSorted(flat: readonly string[]): string[] {
  const order: number[] = []
  for (let i = 0; i < flat.length; i += 2) if (flat[i + 1] !== '') order.push(i)
  order.sort((a, b) => compareText(flat[a]!, flat[b]!))
  return order.flatMap((i) => [flat[i]!, flat[i + 1]!])
}

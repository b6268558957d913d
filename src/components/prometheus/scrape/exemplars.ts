// Which exemplars of a page are news: one is sent once, however long a target shows it.

import type { Exemplar } from '../../../model/samples.ts'
import type { ExposedExemplar } from '../../../wire/exposition/scrape_rows.ts'

interface Sent {
  readonly text: string
  readonly time: number | undefined
}

export class TargetExemplars {
  readonly #sent = new Map<number, Sent>()

  forget(series: number): void {
    this.#sent.delete(series)
  }

  clear(): void {
    this.#sent.clear()
  }

  /** Those to send, and how many were older than one sent before. */
  take(
    exposed: readonly ExposedExemplar[],
    scrapeTime: number,
  ): { exemplars: Exemplar[]; outOfOrder: number } {
    const exemplars: Exemplar[] = []
    let outOfOrder = 0
    for (const { series, labels, value, time } of exposed) {
      const text = `${value}\xff${labels.join('\xff')}`
      const before = this.#sent.get(series)
      if (before?.text === text && before.time === time) continue
      if (time !== undefined && before?.time !== undefined && time < before.time) {
        outOfOrder++
        continue
      }
      this.#sent.set(series, { text, time })
      exemplars.push({ series, labels: pairs(labels), value, time: time ?? scrapeTime })
    }
    return { exemplars, outOfOrder }
  }
}

function pairs(flat: readonly string[]): (readonly [string, string])[] {
  const list: (readonly [string, string])[] = []
  for (let i = 0; i < flat.length; i += 2) list.push([flat[i]!, flat[i + 1]!])
  return list
}

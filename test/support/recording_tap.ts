// A tap that somebody watches, and what it has shown.

import type { DebugTap, Render } from '../../src/engine/live_debug.ts'
import { RecordPrinter } from '../../src/engine/record_printer.ts'
import type { LabelPool } from '../../src/model/label_pool.ts'

export class RecordingTap implements DebugTap {
  isWatched = true
  readonly records: string[] = []
  readonly #printer: RecordPrinter

  constructor(pool: LabelPool) {
    this.#printer = new RecordPrinter({ pool, mask: (text) => text })
  }

  show(count: number, render: Render): void {
    for (let i = 0; i < count; i++) this.records.push(render(i, this.#printer))
  }

  keep(count: number, render: Render): void {
    this.show(count, render)
  }
}

// A tap that somebody watches, and what it has shown.

import type { DebugTap } from '../../src/engine/live_debug.ts'

export class RecordingTap implements DebugTap {
  isWatched = true
  readonly records: string[] = []

  show(count: number, render: (index: number) => string): void {
    for (let i = 0; i < count; i++) this.records.push(render(i))
  }

  keep(count: number, render: (index: number) => string): void {
    this.show(count, render)
  }
}

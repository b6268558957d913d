// Shows viewers what flows through components. Nothing is looked at, copied or printed while nobody
// watches; what is watched is printed within bounds of time, and what is left is counted as missed.

import type { Clock } from '../model/clock.ts'
import type { Fanout } from '../model/fanout.ts'
import type { LabelPool } from '../model/label_pool.ts'
import type { SampleBatch } from '../model/samples.ts'
import type { Target } from '../model/targets.ts'
import { describe } from './describe.ts'
import { countRecords, RecordPrinter, type RecordPrinterOptions } from './record_printer.ts'

/** How long one push may be held up by all who watch it. */
const batchBudgetMs = 5

/** How long all pushes within a second may. */
const secondBudgetMs = 100

/** Records that nobody wants between two looks at the time. */
const recordsPerLook = 1024

/** Watches one component. Its methods are called while data flows: they return at once. */
export interface Viewer {
  /** Whether it takes the next record, which is made only then. */
  wants(): boolean
  record(text: string): void
  /** Hears of records that were not made, for lack of time. */
  missed(count: number): void
  /** Records that it has missed so far, for lack of time or of room. */
  readonly missedRecords: number
}

/** What a component shows of itself, beside what its fan-outs show anyway. */
export interface DebugTap {
  /** Whether anybody watches it. */
  readonly isWatched: boolean
  /**
   * Shows `count` records, of which `render` makes those that are wanted before the call is over:
   * it may read what is borrowed.
   */
  show(count: number, render: Render): void
  /** As `show`; whoever begins to watch later sees it too. What `render` reads must not change. */
  keep(count: number, render: Render): void
}

export type Render = (index: number, printer: RecordPrinter) => string

interface Records {
  readonly count: number
  readonly render: Render
}

export interface LiveDebugOptions {
  readonly clock: Clock
  readonly pool: LabelPool
  /** Blots out secrets. */
  readonly mask?: (text: string) => string
}

/** All that may be watched in one engine. Viewers stay while components come and go. */
export class LiveDebug {
  /** While it is off, nothing is shown. */
  isEnabled = false
  readonly #clock: Clock
  readonly #printing: RecordPrinterOptions
  /** By the id of the component. */
  readonly #viewers = new Map<string, readonly Viewer[]>()
  /** Components that send, by id; for a while both one that left and the one in its place. */
  readonly #sources = new Map<string, ReadonlySet<LiveSource>>()
  /** The second that is under way, and how much of its budget is spent. */
  #second = 0
  #spentMs = 0
  /** Of viewers that have left. */
  #missedBefore = 0

  constructor(options: LiveDebugOptions) {
    const { clock, pool, mask = (text: string) => text } = options
    this.#clock = clock
    this.#printing = { pool, mask }
  }

  /**
   * Shows the viewer what flows through a component, whether it is there already or not, until the
   * returned function is called.
   */
  watch(id: string, viewer: Viewer): () => void {
    const isFirst = this.#viewers.size === 0
    this.#viewers.set(id, [...(this.#viewers.get(id) ?? []), viewer])
    if (isFirst) this.#tapAll()
    for (const { kept } of this.#sources.get(id) ?? []) {
      if (kept !== undefined) this.#show([viewer], kept)
    }
    return () => {
      const known = this.#viewers.get(id) ?? []
      if (!known.includes(viewer)) return
      const others = known.filter((other) => other !== viewer)
      this.#missedBefore += viewer.missedRecords
      if (others.length > 0) this.#viewers.set(id, others)
      else if (this.#viewers.delete(id) && this.#viewers.size === 0) this.#untapAll()
    }
  }

  get viewerCount(): number {
    return [...this.#viewers.values()].reduce((sum, { length }) => sum + length, 0)
  }

  /** Of all viewers, those that have left included. */
  get missedRecords(): number {
    const viewers = [...this.#viewers.values()].flat()
    return viewers.reduce((sum, viewer) => sum + viewer.missedRecords, this.#missedBefore)
  }

  isWatched(id: string): boolean {
    return this.#viewers.size > 0 && this.isEnabled && this.#viewers.has(id)
  }

  /** For a component that is opened; closed with it. */
  open(id: string): LiveSource {
    const source = new LiveSource(id, {
      isWatched: () => this.isWatched(id),
      show: (records) => this.#show(this.#viewers.get(id) ?? [], records),
      tap: (fanout) => this.#viewers.size > 0 && source.tap(fanout, this.#tapOf(source, fanout)),
      close: () => this.#close(source),
    })
    this.#sources.set(id, new Set([...(this.#sources.get(id) ?? []), source]))
    return source
  }

  #close(source: LiveSource): void {
    const others = [...(this.#sources.get(source.id) ?? [])].filter((other) => other !== source)
    if (others.length > 0) this.#sources.set(source.id, new Set(others))
    else this.#sources.delete(source.id)
  }

  #tapAll(): void {
    for (const sources of this.#sources.values()) {
      for (const source of sources) {
        for (const fanout of source.fanouts) source.tap(fanout, this.#tapOf(source, fanout))
      }
    }
  }

  #untapAll(): void {
    for (const sources of this.#sources.values()) for (const source of sources) source.untap()
  }

  /** Shows a batch to those who watch its sender, and those who watch a receiver at the end. */
  #tapOf(source: LiveSource, fanout: Fanout<SampleBatch>): (batch: SampleBatch) => void {
    return (batch) => {
      if (!this.isEnabled) return
      for (const [id, viewers] of this.#viewers) {
        const isShown = id === source.id ? !source.showsItself : this.#endsAt(id, fanout)
        if (isShown) this.#show(viewers, recordsOf(batch))
      }
    }
  }

  /** Whether a component takes what the fan-out sends and sends nothing itself. */
  #endsAt(id: string, fanout: Fanout<SampleBatch>): boolean {
    if (!fanout.feeds(id)) return false
    for (const { fanouts, showsItself } of this.#sources.get(id) ?? []) {
      if (fanouts.length > 0 || showsItself) return false
    }
    return true
  }

  /** What cannot be shown costs viewers a word, and never the push. */
  #show(viewers: readonly Viewer[], records: Records): void {
    if (!this.isEnabled) return
    const { mask } = this.#printing
    const startMs = this.#clock.monotonic()
    try {
      this.#showUntil(startMs + this.#allowedMs(startMs), viewers, records)
    } catch (error) {
      for (const viewer of viewers) viewer.record(`cannot be shown: ${mask(describe(error))}`)
    }
    this.#spentMs += this.#clock.monotonic() - startMs
  }

  /** A record is made once, for all viewers that want it. */
  #showUntil(deadlineMs: number, viewers: readonly Viewer[], { count, render }: Records): void {
    const printer = new RecordPrinter(this.#printing)
    let isLookDue = true
    for (let i = 0; i < count; i++) {
      if (isLookDue && this.#clock.monotonic() >= deadlineMs) {
        for (const viewer of viewers) viewer.missed(count - i)
        return
      }
      let text: string | undefined
      for (const viewer of viewers) {
        if (!viewer.wants()) continue
        text ??= render(i, printer)
        viewer.record(text)
      }
      isLookDue = text !== undefined || i % recordsPerLook === 0
    }
  }

  #allowedMs(nowMs: number): number {
    const second = Math.floor(nowMs / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#spentMs = 0
    }
    return Math.min(batchBudgetMs, secondBudgetMs - this.#spentMs)
  }
}

function recordsOf(batch: SampleBatch): Records {
  return {
    count: countRecords(batch),
    render: (index, printer) => printer.sample(batch, index),
  }
}

interface SourceHost {
  isWatched(): boolean
  show(records: Records): void
  /** Taps a fan-out where anybody watches. */
  tap(fanout: Fanout<SampleBatch>): void
  close(): void
}

/** One component as viewers see it. */
export class LiveSource implements DebugTap {
  readonly id: string
  readonly fanouts: Fanout<SampleBatch>[] = []
  /** What those who come later are shown. */
  kept: Records | undefined
  /** Whether it shows more than what goes out, which then is not shown. */
  showsItself = false
  readonly #host: SourceHost
  readonly #untap: (() => void)[] = []
  /** What was replaced may still be at work. */
  #isClosed = false

  constructor(id: string, host: SourceHost) {
    this.id = id
    this.#host = host
  }

  get isWatched(): boolean {
    return this.#host.isWatched()
  }

  add(fanout: Fanout<SampleBatch>): void {
    this.fanouts.push(fanout)
    this.#host.tap(fanout)
  }

  /** Shows the lists of targets that were published. */
  publish(lists: readonly (readonly Target[])[]): void {
    if (!this.showsItself)
      this.keep(lists.length, (index, printer) => printer.targets(lists[index]!))
  }

  show(count: number, render: Render): void {
    if (this.isWatched && !this.#isClosed) this.#host.show({ count, render })
  }

  keep(count: number, render: Render): void {
    this.kept = { count, render }
    this.show(count, render)
  }

  tap(fanout: Fanout<SampleBatch>, show: (batch: SampleBatch) => void): void {
    this.#untap.push(fanout.watch(show))
  }

  untap(): void {
    for (const untap of this.#untap.splice(0)) untap()
  }

  close(): void {
    this.#isClosed = true
    this.untap()
    this.#host.close()
  }
}

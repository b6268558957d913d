// When a released label set may go: never while a row under way, or a row that a log has yet to
// send, can name it. Else samples would be sent under another series' labels.
//
//   released ─▶ open ─(earlier pushes have settled)─▶ settled ─(logs sent what they held)─▶ ready
//
// The logs' ends are read after those pushes have settled, not at the release: a push that was
// waiting then may have appended rows since.

import assert from 'node:assert'
import { PagedUint32, type PagePool } from './paged.ts'
import type { PushLedger } from './push_ledger.ts'

/** What a log says of its rows; a position counts rows from the first ever appended. */
export interface PositionedLog {
  /** Where the next row goes. */
  readonly end: number
  /** Of the rows before it none will be looked at any more. */
  readonly oldestUnsent: number
  /** Called with every sweep: its rows may keep more label sets than before, or for too long. */
  fit?(): void
}

/** Groups that wait for logs. Beyond, the two neighbours with the fewest ids become one. */
const groupsMax = 16
const chunkSize = 1024
/**
 * What rows keep counts for their log only when they keep it for longer, so that a log that sends
 * steadily drops nothing when a target of a million series goes away.
 */
export const keptFreeMs = 30_000
/** In a charge: the id is waiting, unheld. */
const charged = 2 ** 31

interface Group {
  readonly number: number
  /** A plain array: while a long one grows, V8 gives the shorter ones back to the system. */
  readonly ids: number[]
  /** Ids that were looked at when the group became ready. */
  done: number
  /** Of the label sets that wait in it, those that were interned or retained since left out. */
  bytes: number
  /** Monotonic ms: since when it waits for logs. */
  settledMs: number
  /** Logs to wait for, and up to where. */
  readonly ends: Map<PositionedLog, number>
}

/** The ids that nobody retains. */
export class LabelRelease {
  readonly #pushes: PushLedger
  readonly #bytesOf: (id: number) => number
  readonly #logs = new Set<PositionedLog>()
  /** The number of the group an id was last put into. */
  readonly #groupOf: PagedUint32
  /** Bytes of an id in its group, plus `charged` while they count. */
  readonly #charges: PagedUint32
  readonly #chunk = new Uint32Array(chunkSize)
  #open = newGroup(1)
  /** Waits for pushes. */
  #settling: Group | undefined
  /** Wait for logs, oldest first. */
  readonly #settled: Group[] = []
  /** Of the last look, monotonic. */
  #nowMs = 0

  /** `bytesOf` says how much memory goes with an id. */
  constructor(pushes: PushLedger, pages: PagePool, bytesOf: (id: number) => number) {
    this.#groupOf = new PagedUint32(pages)
    this.#charges = new PagedUint32(pages)
    this.#pushes = pushes
    this.#bytesOf = bytesOf
  }

  get waiting(): number {
    let sum = this.#open.ids.length + (this.#settling?.ids.length ?? 0)
    for (const group of this.#settled) sum += group.ids.length - group.done
    return sum
  }

  get bytes(): number {
    let sum = (this.#open.ids.length + (this.#settling?.ids.length ?? 0)) * 8
    for (const group of this.#settled) sum += group.ids.length * 8
    return sum
  }

  register(log: PositionedLog): () => void {
    this.#logs.add(log)
    return () => this.#logs.delete(log)
  }

  /** Starts the wait of an id anew that nobody retains. */
  add(id: number): void {
    const group = this.#open
    const isHere = this.#groupOf.get(id) === group.number
    if (isHere && this.#charges.get(id) >= charged) return
    this.retained(id)
    if (!isHere) {
      this.#groupOf.set(id, group.number)
      group.ids.push(id)
    }
    const bytes = this.#bytesOf(id)
    this.#charges.set(id, bytes + charged)
    group.bytes += bytes
  }

  /** Ends the wait of an id that may have waited. */
  retained(id: number): void {
    const charge = this.#charges.get(id)
    if (charge < charged) return
    this.#charges.set(id, charge - charged)
    this.#groupNumbered(this.#groupOf.get(id)).bytes -= charge - charged
  }

  /** Memory of the label sets that only rows of this log keep, and have kept for half a minute. */
  keptBy(log: PositionedLog): number {
    const oldest = log.oldestUnsent
    let sum = 0
    for (const group of this.#settled) {
      if (this.#nowMs - group.settledMs < keptFreeMs) continue
      if (oldest < (group.ends.get(log) ?? 0)) sum += group.bytes
    }
    return sum
  }

  /** Up to 1,024 ids to free, forgotten here; undefined while there are none. */
  ready(nowMs: number): Uint32Array | undefined {
    this.#nowMs = nowMs
    this.#advance()
    for (const log of this.#logs) log.fit?.()
    for (;;) {
      const group = this.#settled[0]
      if (group === undefined || !this.#isSent(group)) return undefined
      const count = this.#take(group)
      if (group.done === group.ids.length) this.#settled.shift()
      if (count > 0) return this.#chunk.subarray(0, count)
    }
  }

  #advance(): void {
    for (;;) {
      if (this.#settling !== undefined) {
        if (!this.#pushes.passed) return
        if (this.#settled.length === groupsMax) this.#mergeNeighbours()
        for (const log of this.#logs) this.#settling.ends.set(log, log.end)
        this.#settling.settledMs = this.#nowMs
        this.#settled.push(this.#settling)
        this.#settling = undefined
      }
      if (this.#open.ids.length === 0) return
      this.#pushes.mark()
      this.#settling = this.#open
      this.#open = newGroup(this.#open.number + 1)
    }
  }

  /** The ids of the older group wait as long as those of the younger one from now on. */
  #mergeNeighbours(): void {
    const groups = this.#settled
    let best = 0
    for (let i = 1; i + 1 < groups.length; i++) {
      if (sizeOf(groups[i]!, groups[i + 1]!) < sizeOf(groups[best]!, groups[best + 1]!)) best = i
    }
    const [older, younger] = [groups[best]!, groups[best + 1]!]
    for (let i = older.done; i < older.ids.length; i++) {
      const id = older.ids[i]!
      if (this.#groupOf.get(id) !== older.number) continue
      this.#groupOf.set(id, younger.number)
      younger.ids.push(id)
    }
    younger.bytes += older.bytes
    younger.settledMs = older.settledMs
    groups.splice(best, 1)
  }

  #isSent(group: Group): boolean {
    for (const [log, end] of group.ends) {
      if (this.#logs.has(log) && log.oldestUnsent < end) return false
      group.ends.delete(log)
    }
    return true
  }

  /** Fills the chunk with ids that have not been interned or retained since. */
  #take(group: Group): number {
    let count = 0
    while (group.done < group.ids.length && count < chunkSize) {
      const id = group.ids[group.done++]!
      if (this.#groupOf.get(id) !== group.number) continue
      this.#groupOf.set(id, 0)
      const charge = this.#charges.get(id)
      this.#charges.set(id, 0)
      if (charge < charged) continue
      group.bytes -= charge - charged
      this.#chunk[count++] = id
    }
    return count
  }

  #groupNumbered(number: number): Group {
    if (number === this.#open.number) return this.#open
    if (number === this.#settling?.number) return this.#settling
    const group = this.#settled.find((settled) => settled.number === number)
    assert(group !== undefined, 'an id waits in a group that is gone')
    return group
  }
}

function sizeOf(a: Group, b: Group): number {
  return a.ids.length - a.done + b.ids.length - b.done
}

function newGroup(number: number): Group {
  return { number, ids: [], done: 0, bytes: 0, settledMs: 0, ends: new Map() }
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Arena } from '../../src/model/arena.ts'

const segmentBytes = 1 << 20

/** An arena whose records are filled with their owner's number, beside a list of them. */
class Records {
  readonly sizes = new Map<number, number>()
  readonly #addresses = new Map<number, number>()
  readonly arena = new Arena((owner, address) => this.#addresses.set(owner, address))
  #next = 0

  add(size: number): void {
    const owner = this.#next++
    const address = this.arena.alloc(owner, size)
    const at = this.arena.offsetOf(address)
    this.arena.bytesAt(address).fill(owner & 255, at, at + size)
    this.#addresses.set(owner, address)
    this.sizes.set(owner, size)
  }

  free(nth: number): void {
    const owners = [...this.sizes.keys()]
    const owner = owners[nth % Math.max(owners.length, 1)]
    if (owner === undefined) return
    this.arena.free(this.#addresses.get(owner)!)
    this.sizes.delete(owner)
  }

  check(): void {
    for (const [owner, size] of this.sizes) {
      const address = this.#addresses.get(owner)!
      const at = this.arena.offsetOf(address)
      expect(this.arena.sizeOf(address)).toBe(size)
      const bytes = this.arena.bytesAt(address).subarray(at, at + size)
      expect(bytes.every((byte) => byte === (owner & 255))).toBe(true)
      expect(at % 4).toBe(0)
    }
  }
}

describe('arena', () => {
  it('keeps every record while others come, go and move', () => {
    const size = fc.oneof({ weight: 9, arbitrary: fc.nat(200_000) }, fc.constant(segmentBytes + 5))
    const step = fc.oneof(
      size.map((size) => (records: Records) => records.add(size)),
      fc.nat().map((nth) => (records: Records) => records.free(nth)),
    )
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
        const records = new Records()
        for (const step of steps) step(records)
        records.check()
      }),
      { numRuns: 60 },
    )
  })

  it('holds at most twice what is alive, and a few segments', () => {
    const records = new Records()
    for (let i = 0; i < 20_000; i++) records.add(100)
    for (let i = 0; i < 19_000; i++) records.free(i * 7)
    const alive = records.sizes.size * 108
    expect(records.arena.capacityBytes).toBeLessThanOrEqual(2 * alive + 3 * segmentBytes)
    records.check()
  })
})

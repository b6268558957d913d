import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../src/go/text.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { keptFreeMs } from '../../src/model/label_release.ts'
import { LabelSet } from '../../src/model/label_set.ts'

const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('a', 'b', '__name__', 'instance', 'job', 'up', 'x'.repeat(200)),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom('\udc80', 'a\udcff', 'é', '😀', '￿', '') },
)
const flat = fc
  .uniqueArray(fc.tuple(text, text), { selector: ([name]) => name, maxLength: 8 })
  .map((pairs) => pairs.flat())

function framed(pool: LabelPool, id: number): Uint8Array {
  const out = new DataView(new ArrayBuffer(pool.framedLength(id) + 3))
  const end = pool.copyFramed(id, out, 0)
  expect(end).toBe(pool.framedLength(id))
  return new Uint8Array(out.buffer, 0, end)
}

/** What the bytes must be, written plainly. */
function framedPlainly(labels: LabelSet): Uint8Array {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]
  const field = (tag: number, content: readonly number[]) => [
    tag,
    ...varint(content.length),
    ...content,
  ]
  const textField = (tag: number, value: string) =>
    value === '' ? [] : field(tag, [...bytesOf(value)])
  return Uint8Array.from(
    [...labels].flatMap(([name, value]) =>
      field(0x0a, [...textField(0x0a, name), ...textField(0x12, value)]),
    ),
  )
}

describe('label pool', () => {
  it('names equal sets by one id, whatever the order', () => {
    const pool = new LabelPool()
    const id = pool.intern(['job', 'a', '__name__', 'up', 'empty', ''])
    expect(id).toBe(pool.intern(['__name__', 'up', 'job', 'a']))
    expect(pool.labelsOf(id).flat).toEqual(['__name__', 'up', 'job', 'a'])
    expect(pool.valueOf(id, 'job')).toBe('a')
    expect(pool.valueOf(id, 'nope')).toBe('')
    expect(pool.size).toBe(1)
    expect(pool.intern([])).not.toBe(0)
  })

  it('sorts by bytes, not by UTF-16 units', () => {
    const pool = new LabelPool()
    const names = ['😀', '￿', '\udc80', 'z', 'é']
    const id = pool.intern(names.flatMap((name) => [name, '1']))
    const sorted = [...names].sort((a, b) => Buffer.compare(bytesOf(a), bytesOf(b)))
    expect([...pool.labelsOf(id)].map(([name]) => name)).toEqual(sorted)
  })

  it('keeps labels, their order and their bytes', () => {
    const pool = new LabelPool(1)
    fc.assert(
      fc.property(flat, (labels) => {
        const id = pool.intern(labels)
        const set = LabelSet.of(labels)
        expect(pool.labelsOf(id)).toEqual(set)
        expect(framed(pool, id)).toEqual(framedPlainly(set))
        for (const [name, value] of set) expect(pool.valueOf(id, name)).toBe(value)
      }),
    )
  })

  it('changes sets as if they were made anew', () => {
    const pool = new LabelPool(1)
    fc.assert(
      fc.property(flat, fc.array(fc.tuple(text, text), { maxLength: 4 }), (labels, changes) => {
        const changed = new Map<string, string>()
        for (let i = 0; i < labels.length; i += 2) changed.set(labels[i]!, labels[i + 1]!)
        for (const [name, value] of changes) changed.set(name, value)
        const id = pool.internFrom(pool.intern(labels), changes.flat())
        expect(id).toBe(pool.intern([...changed].flat()))
      }),
    )
  })

  it('finds its ids though hashes collide', () => {
    const pool = new LabelPool(7)
    const ids = Array.from({ length: 20_000 }, (_, i) =>
      pool.intern(['i', `${i}`, 'j', `${i % 7}`]),
    )
    expect(new Set(ids).size).toBe(20_000)
    ids.forEach((id, i) => expect(pool.intern(['j', `${i % 7}`, 'i', `${i}`])).toBe(id))
  })

  it('gives back pairs and bytes with the sets', () => {
    const pool = new LabelPool()
    const kept = pool.intern(['kept', '1', 'shared', 'x'])
    pool.retain(kept)
    let most = 0
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 5000; i++) pool.intern(['round', `${round}-${i}`, 'shared', 'x'])
      while (pool.sweep());
      if (round < 3) most = pool.bytes
    }
    expect(pool.size).toBe(1)
    expect(pool.pairs.size).toBe(2)
    // Two arenas, of which either may be in the middle of a segment.
    expect(pool.bytes).toBeLessThanOrEqual(most + 2 * 2 ** 20)
    expect(pool.labelsOf(kept).flat).toEqual(['kept', '1', 'shared', 'x'])
  })

  it('moves long labels too', () => {
    const pool = new LabelPool()
    const long = pool.intern(['long', 'v'.repeat(5_000_000), 'other', 'w'.repeat(1_000_000)])
    pool.retain(long)
    for (let i = 0; i < 20; i++) pool.intern(['gone', `${i}`.repeat(1_000_000)])
    while (pool.sweep());
    expect(pool.valueOf(long, 'other')).toBe('w'.repeat(1_000_000))
    expect(pool.valueOf(long, 'long')).toBe('v'.repeat(5_000_000))
  })
})

describe('release', () => {
  it('frees an id that nobody retains, after its listeners', () => {
    const pool = new LabelPool()
    const id = pool.intern(['a', '1'])
    const freed: number[] = []
    pool.onFree((ids) => {
      freed.push(...ids)
      expect(pool.labelsOf(id).flat).toEqual(['a', '1'])
    })
    pool.retain(id)
    expect(pool.sweep()).toBe(false)
    pool.release(id)
    expect(pool.sweep()).toBe(true)
    expect(freed).toEqual([id])
    expect(pool.size).toBe(0)
    expect(pool.waiting).toBe(0)
  })

  it('waits for pushes that were under way, not for later ones', () => {
    const pool = new LabelPool()
    const id = pool.intern(['a', '1'])
    pool.retain(id)
    const early = pool.pushes.begun()
    pool.release(id)
    expect(pool.sweep()).toBe(false)
    const late = pool.pushes.begun()
    pool.pushes.settled(early)
    expect(pool.sweep()).toBe(true)
    expect(pool.size).toBe(0)
    pool.pushes.settled(late)
    expect(pool.pushes.size).toBe(0)
  })

  it('waits for rows that a waiting push appended after the release', () => {
    const pool = new LabelPool()
    const log = { end: 5, oldestUnsent: 5 }
    pool.register(log)
    const id = pool.intern(['a', '1'])
    const push = pool.pushes.begun()
    expect(pool.sweep()).toBe(false)
    log.end = 6
    pool.pushes.settled(push)
    expect(pool.sweep()).toBe(false)
    log.oldestUnsent = 6
    expect(pool.sweep()).toBe(true)
    expect(pool.labelsOf(pool.intern(['b', '1'])).get('b')).toBe('1')
    expect(id).toBe(pool.intern(['b', '1']))
  })

  it('counts a closed log no longer', () => {
    const pool = new LabelPool()
    const close = pool.register({ end: 5, oldestUnsent: 0 })
    pool.intern(['a', '1'])
    expect(pool.sweep()).toBe(false)
    close()
    expect(pool.sweep()).toBe(true)
  })

  it('revives a set that is interned meanwhile', () => {
    const pool = new LabelPool()
    const log = { end: 5, oldestUnsent: 0 }
    pool.register(log)
    const id = pool.intern(['a', '1'])
    expect(pool.sweep()).toBe(false)
    expect(pool.intern(['a', '1'])).toBe(id)
    pool.retain(id)
    log.oldestUnsent = 5
    expect(pool.sweep()).toBe(false)
    pool.release(id)
    expect(pool.sweep()).toBe(true)
  })

  it('goes on freeing while a log moves slowly', () => {
    const pool = new LabelPool()
    const log = { end: 0, oldestUnsent: 0 }
    pool.register(log)
    for (let i = 0; i < 400; i++) {
      pool.intern(['i', `${i}`])
      log.end++
      log.oldestUnsent = Math.max(0, log.end - 100)
      while (pool.sweep());
      expect(pool.size).toBeLessThan(150)
    }
    log.oldestUnsent = log.end
    while (pool.sweep());
    expect(pool.size).toBe(0)
  })

  it('tells how much memory only the rows of a log keep, after half a minute', () => {
    const pool = new LabelPool()
    const log = { end: 5, oldestUnsent: 0, fitted: 0, fit: () => log.fitted++ }
    pool.register(log)
    const held = pool.intern(['held', '1', 'long', 'x'.repeat(5000)])
    pool.retain(held)
    const sweep = (nowMs: number) => {
      while (pool.sweep(nowMs));
      return pool.keptBy(log)
    }
    expect(sweep(1)).toBe(0)
    const labels = (i: number) => ['i', `${i}`, 'long', 'x'.repeat(5000)]
    const ids = Array.from({ length: 10 }, (_, i) => pool.intern(labels(i)))
    for (const id of ids) pool.retain(id)
    for (const id of ids) pool.release(id)
    expect(sweep(2)).toBe(0)
    expect(sweep(keptFreeMs + 1)).toBe(0)
    // The long pair is shared by eleven.
    const kept = sweep(keptFreeMs + 2)
    expect(kept).toBeGreaterThan(4500)
    expect(kept).toBeLessThan(7000)
    pool.retain(ids[0]!)
    expect(kept - pool.keptBy(log)).toBeGreaterThan(450)
    expect(pool.intern(labels(1))).toBe(ids[1])
    expect(kept - pool.keptBy(log)).toBeGreaterThan(900)
    log.oldestUnsent = 5
    expect(pool.keptBy(log)).toBe(0)
    expect(log.fitted).toBe(4)
  })

  it('refuses to intern while ids are being freed', () => {
    const pool = new LabelPool()
    pool.onFree(() => pool.intern(['b', '1']))
    pool.intern(['a', '1'])
    expect(() => pool.sweep()).toThrow('interned while ids are being freed')
  })

  it('never frees an id that a push, a holder or a log can name', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 200 }), runSteps), { numRuns: 200 })
  })
})

type Step =
  | { do: 'push'; label: number }
  | { do: 'settle'; nth: number; append: boolean }
  | { do: 'retain' | 'release'; label: number }
  | { do: 'send'; rows: number }
  | { do: 'sweep' }

const label = fc.nat(5)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('push' as const), label }),
  fc.record({ do: fc.constant('settle' as const), nth: fc.nat(3), append: fc.boolean() }),
  fc.record({ do: fc.constantFrom('retain' as const, 'release' as const), label }),
  fc.record({ do: fc.constant('send' as const), rows: fc.nat(3) }),
  fc.record({ do: fc.constant('sweep' as const) }),
)

/** Runs a pool beside a log of rows and pushes that hold the text they mean. */
function runSteps(steps: readonly Step[]): void {
  const pool = new LabelPool(3)
  const rows: { id: number; text: string }[] = []
  const log = { end: 0, oldestUnsent: 0 }
  pool.register(log)
  const pushes: { half: number; id: number; text: string }[] = []
  const held: { id: number; text: string }[] = []
  const alive = new Set<number>()
  pool.onFree((ids) => {
    for (const id of ids) alive.delete(id)
  })
  let nowMs = 0
  const check = (row: { id: number; text: string }) =>
    expect(pool.labelsOf(row.id).get('l')).toBe(row.text)
  for (const step of steps) {
    if (step.do === 'push') {
      const id = pool.intern(['l', `${step.label}`])
      alive.add(id)
      pushes.push({ half: pool.pushes.begun(), id, text: `${step.label}` })
    } else if (step.do === 'settle') {
      const [push] = pushes.splice(step.nth % Math.max(pushes.length, 1), 1)
      if (push === undefined) continue
      if (step.append) {
        rows.push(push)
        log.end++
      }
      pool.pushes.settled(push.half)
    } else if (step.do === 'retain') {
      const id = pool.intern(['l', `${step.label}`])
      alive.add(id)
      pool.retain(id)
      held.push({ id, text: `${step.label}` })
    } else if (step.do === 'release') {
      const at = held.findIndex((holder) => holder.text === `${step.label}`)
      if (at >= 0) for (const holder of held.splice(at, 1)) pool.release(holder.id)
    } else if (step.do === 'send') {
      log.oldestUnsent = Math.min(log.end, log.oldestUnsent + step.rows)
    } else {
      for (let i = 0; i < 2; i++) {
        nowMs += keptFreeMs
        while (pool.sweep(nowMs));
      }
      const unheld = [...alive].filter((id) => held.every((holder) => holder.id !== id))
      const bytes = unheld.reduce((sum, id) => sum + pool.bytesOf(id), 0)
      // What pushes may still name is not the log's.
      if (pushes.length === 0) expect(pool.keptBy(log)).toBe(bytes)
      else expect(pool.keptBy(log)).toBeLessThanOrEqual(bytes)
    }
    for (const row of rows.slice(log.oldestUnsent)) check(row)
    for (const push of pushes) check(push)
    for (const holder of held) check(holder)
  }
  for (const push of pushes) pool.pushes.settled(push.half)
  for (const holder of held) pool.release(holder.id)
  log.oldestUnsent = log.end
  while (pool.sweep());
  expect(pool.size).toBe(0)
  expect(pool.pairs.size).toBe(0)
  expect(pool.keptBy(log)).toBe(0)
}

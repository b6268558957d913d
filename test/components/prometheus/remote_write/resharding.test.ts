import { describe, expect, it } from 'vitest'
import {
  Resharding,
  type Tick,
} from '../../../../src/components/prometheus/remote_write/resharding.ts'

/** 1,000 rows a second come in and go out, each takes 1 ms: one shard is just enough. */
const busy: Tick = {
  in: 10_000,
  dropped: 0,
  out: 10_000,
  outSeconds: 10,
  delaySeconds: 0,
  shards: 1,
  isSending: true,
  isBackingOff: false,
}

describe('resharding', () => {
  it.each<[string, Partial<Tick>, number]>([
    ['stays when the shards suffice', {}, 1],
    ['stays within 30 percent', { outSeconds: 13 }, 1],
    ['grows with the time that sending takes', { outSeconds: 40 }, 4],
    ['grows to send a backlog', { delaySeconds: 60 }, 4],
    ['shrinks when there are too many', { shards: 8 }, 1],
    ['does not shrink while there is a backlog', { shards: 40, delaySeconds: 11 }, 40],
    ['does not count what is dropped', { in: 20_000, dropped: 10_000 }, 1],
    ['waits while nothing is sent', { outSeconds: 40, isSending: false }, 1],
    ['waits while the endpoint is left alone', { outSeconds: 40, isBackingOff: true }, 1],
    ['waits while nothing goes out', { out: 0, outSeconds: 40 }, 1],
    ['stays within its bounds', { outSeconds: 1000 }, 50],
  ])('%s', (_, change, expected) => {
    expect(new Resharding(1, 50).tick({ ...busy, ...change })).toBe(expected)
  })

  it('averages over the last minute or so', () => {
    const resharding = new Resharding(1, 50)
    resharding.tick(busy)
    expect(resharding.tick({ ...busy, outSeconds: 40 })).toBe(2)
    expect(resharding.desired).toBeCloseTo(1.6)
  })
})

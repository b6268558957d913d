import { describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../src/model/clock.ts'

const dayMs = 86_400_000

describe('systemClock', () => {
  it.each([1, 24, 25, 50, 400])('sleeps for %i days', async (days) => {
    vi.useFakeTimers()
    try {
      const called = vi.fn()
      systemClock.after(days * dayMs, called)
      const slept = vi.fn()
      void systemClock.sleep(days * dayMs).then(slept)
      await vi.advanceTimersByTimeAsync(days * dayMs - 1)
      expect([called.mock.calls.length, slept.mock.calls.length]).toEqual([0, 0])
      await vi.advanceTimersByTimeAsync(2)
      expect([called.mock.calls.length, slept.mock.calls.length]).toEqual([1, 1])
    } finally {
      vi.useRealTimers()
    }
  })

  it('cancels a long wait at any time', async () => {
    vi.useFakeTimers()
    try {
      const called = vi.fn()
      const cancel = systemClock.after(60 * dayMs, called)
      const control = new AbortController()
      const slept = systemClock.sleep(60 * dayMs, control.signal)
      const refused = expect(slept).rejects.toThrow('enough')
      await vi.advanceTimersByTimeAsync(30 * dayMs)
      cancel()
      control.abort(new Error('enough'))
      await refused
      expect(vi.getTimerCount()).toBe(0)
      await vi.advanceTimersByTimeAsync(60 * dayMs)
      expect(called).not.toHaveBeenCalled()
    } finally {
      vi.useRealTimers()
    }
  })
})

import { describe, expect, it } from 'vitest'
import type { Runnable } from '../../src/engine/scheduler.ts'
import { Scheduler } from '../../src/engine/scheduler.ts'
import { RecordingLogger } from '../support/recording_logger.ts'
import { SimulatedClock, settle } from '../support/simulated_clock.ts'

/** `start a`, `stop a removed`, in the order in which they happen. */
class Stage {
  readonly events: string[] = []
  readonly clock = new SimulatedClock()
  readonly logger = new RecordingLogger()
  readonly scheduler: Scheduler

  constructor(shutdownDeadlineMs = 600_000) {
    const { clock, logger } = this
    this.scheduler = new Scheduler({ clock, logger, shutdownDeadlineMs })
  }

  /** Stops `drainMs` after it is told to. */
  runnable(id: string, drainMs = 0): Runnable {
    return {
      id,
      run: async (signal) => {
        this.events.push(`start ${id}`)
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        this.events.push(`stop ${id} ${signal.reason.why}`)
        if (drainMs > 0) await this.clock.sleep(drainMs)
        if (drainMs > 0) this.events.push(`stopped ${id}`)
      },
    }
  }
}

describe('Scheduler', () => {
  it('starts in the given order and stops in the reverse one', async () => {
    const stage = new Stage()
    const group = ['writer', 'relabel', 'scrape'].map((id) => stage.runnable(id))
    await stage.scheduler.synchronize([group])
    await stage.scheduler.stop()
    expect(stage.events).toEqual([
      'start writer',
      'start relabel',
      'start scrape',
      'stop scrape shutdown',
      'stop relabel shutdown',
      'stop writer shutdown',
    ])
  })

  it('waits within a group for each to stop, but not between groups', async () => {
    const stage = new Stage()
    const { scheduler, clock } = stage
    const slow = [stage.runnable('a1'), stage.runnable('a2', 1000)]
    const quick = [stage.runnable('b1'), stage.runnable('b2')]
    await scheduler.synchronize([slow, quick])
    stage.events.length = 0
    const stopped = scheduler.stop()
    await settle()
    expect(stage.events).toEqual(['stop a2 shutdown', 'stop b2 shutdown', 'stop b1 shutdown'])
    await clock.advance(1000)
    await stopped
    expect(stage.events.slice(3)).toEqual(['stopped a2', 'stop a1 shutdown'])
  })

  it('keeps what stays, stops what leaves, then starts what is new', async () => {
    const stage = new Stage()
    const [a, b, c] = ['a', 'b', 'c'].map((id) => stage.runnable(id)) as [
      Runnable,
      Runnable,
      Runnable,
    ]
    await stage.scheduler.synchronize([[a, b]])
    await stage.scheduler.synchronize([[a, c]])
    expect(stage.events).toEqual(['start a', 'start b', 'stop b removed', 'start c'])
    expect([...stage.scheduler.running]).toEqual(['a', 'c'])
  })

  it('replaces a node by another of its id', async () => {
    const stage = new Stage()
    await stage.scheduler.synchronize([[stage.runnable('a')]])
    await stage.scheduler.synchronize([[stage.runnable('a')]])
    expect(stage.events).toEqual(['start a', 'stop a removed', 'start a'])
  })

  it('starts again what has exited by itself, at the next synchronization', async () => {
    const stage = new Stage()
    let starts = 0
    const brief: Runnable = {
      id: 'brief',
      run: async () => {
        starts++
        if (starts === 2) throw new Error('cannot go on')
      },
    }
    for (let i = 0; i < 2; i++) {
      await stage.scheduler.synchronize([[brief]])
      await settle()
    }
    expect(starts).toBe(2)
    expect(stage.logger.lines).toEqual([
      'info node exited without error node=brief',
      'error node exited with error node=brief err=cannot go on',
    ])
  })

  it('warns every minute, and gives up at the deadline', async () => {
    const stage = new Stage(150_000)
    const { scheduler, clock } = stage
    await scheduler.synchronize([[stage.runnable('a', 3_600_000)]])
    const moved = scheduler.synchronize([[stage.runnable('a')]])
    await clock.advance(149_999)
    expect(stage.events).toEqual(['start a', 'stop a removed'])
    await clock.advance(1)
    await moved
    expect(stage.events.slice(2)).toEqual(['start a'])
    expect(stage.logger.lines).toEqual([
      'warn task shutdown is taking longer than expected node=a',
      'warn task shutdown is taking longer than expected node=a',
      'error task shutdown deadline exceeded node=a',
    ])
  })

  it('skips what a later synchronization replaces while one still works', async () => {
    const stage = new Stage()
    const { scheduler, clock } = stage
    await scheduler.synchronize([[stage.runnable('a', 1000)]])
    void scheduler.synchronize([[stage.runnable('b')]])
    void scheduler.synchronize([[stage.runnable('c')]])
    const last = scheduler.synchronize([[stage.runnable('d')]])
    await clock.advance(1000)
    await last
    expect(stage.events.filter((event) => event.startsWith('start'))).toEqual([
      'start a',
      'start d',
    ])
  })

  it('starts what is new after a second, although what left still drains', async () => {
    const stage = new Stage()
    const { scheduler, clock } = stage
    await scheduler.synchronize([[stage.runnable('writer', 60_000), stage.runnable('scrape')]])
    const moved = scheduler.synchronize([[stage.runnable('next')]])
    await clock.advance(999)
    expect(stage.events.slice(2)).toEqual(['stop scrape removed', 'stop writer removed'])
    await clock.advance(1)
    expect(stage.events.slice(4)).toEqual(['start next'])
    await clock.advance(59_000)
    await moved
    expect(stage.events.slice(5)).toEqual(['stopped writer'])
    expect(clock.timers).toBe(0)
  })

  it('waits at its own end for what left before', async () => {
    const stage = new Stage()
    const { scheduler, clock } = stage
    await scheduler.synchronize([[stage.runnable('writer', 60_000)]])
    void scheduler.synchronize([])
    await clock.advance(5000)
    let isOver = false
    const stopped = scheduler.stop().then(() => {
      isOver = true
    })
    await clock.advance(54_999)
    expect(isOver).toBe(false)
    await clock.advance(1)
    await stopped
  })

  it('starts nothing once it stops, and leaves no timer behind', async () => {
    const stage = new Stage()
    const { scheduler, clock } = stage
    await scheduler.synchronize([[stage.runnable('a', 1000)]])
    const moved = scheduler.synchronize([[stage.runnable('b')]])
    const stopped = scheduler.stop()
    await clock.advance(1000)
    await Promise.all([moved, stopped])
    expect(stage.events).not.toContain('start b')
    expect(clock.timers).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { WorkQueue } from '../../src/engine/work_queue.ts'

/** A task that ends when told to. */
function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, passed }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('WorkQueue', () => {
  it('keeps one waiting and one running task per key', async () => {
    const queue = new WorkQueue()
    const started: string[] = []
    const first = gate()
    const task = (name: string, until?: Promise<void>) => async () => {
      started.push(name)
      await until
    }
    queue.submit('a', task('1', first.passed))
    await turn()
    queue.submit('a', task('2'))
    queue.submit('a', task('3'))
    queue.submit('a', task('4'))
    expect(queue.size).toBe(1)
    await turn()
    expect(started).toEqual(['1'])
    first.open()
    await queue.idle()
    expect(started).toEqual(['1', '2'])
  })

  it('takes a task again once the one that waited has started', async () => {
    const queue = new WorkQueue()
    let runs = 0
    const task = async () => {
      runs++
    }
    for (let i = 0; i < 3; i++) {
      queue.submit('a', task)
      await queue.idle()
    }
    expect(runs).toBe(3)
  })

  it('lets a task that hangs keep only its own key', async () => {
    const queue = new WorkQueue()
    const hanging = gate()
    const started: string[] = []
    queue.submit('a', () => hanging.passed)
    queue.submit('b', async () => void started.push('b'))
    await turn()
    expect(started).toEqual(['b'])
    hanging.open()
    await queue.idle()
  })

  it('never runs an exclusive task beside another of its key', async () => {
    const queue = new WorkQueue()
    let inside = 0
    let most = 0
    const task = async () => {
      most = Math.max(most, ++inside)
      await turn()
      inside--
    }
    queue.submit('a', task)
    const results = Promise.all([
      queue.exclusive('a', task),
      queue
        .exclusive('a', async () => {
          await task()
          throw new Error('refused')
        })
        .catch((error: Error) => error.message),
    ])
    queue.submit('a', task)
    expect(await results).toEqual([undefined, 'refused'])
    await queue.idle()
    expect(most).toBe(1)
  })

  it('forgets what waits when it closes', async () => {
    const queue = new WorkQueue()
    const running = gate()
    const started: string[] = []
    queue.submit('a', () => running.passed)
    await turn()
    queue.submit('a', async () => void started.push('a'))
    queue.submit('b', async () => void started.push('b'))
    queue.close()
    queue.submit('c', async () => void started.push('c'))
    expect(queue.size).toBe(0)
    running.open()
    await queue.idle()
    expect(started).toEqual([])
  })

  it('lets the event loop turn between long tasks', async () => {
    const queue = new WorkQueue()
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    for (let i = 0; i < 20; i++) {
      queue.submit(`n${i}`, async () => {
        const until = performance.now() + 6
        while (performance.now() < until);
      })
    }
    await queue.idle()
    clearInterval(timer)
    expect(turns).toBeGreaterThan(5)
  })
})

import { describe, expect, it } from 'vitest'
import { LockFile } from '../../src/storage/lock_file.ts'
import { SimulatedClock } from '../support/simulated_clock.ts'
import { SimulatedFiles } from '../support/simulated_files.ts'

const path = 'data/lock'
const here = { pid: process.pid, host: 'here' }
/** Another process of this host that is there as long as the test. */
const other = { pid: process.ppid, host: 'here' }

describe('lock file', () => {
  it('keeps others away while it is renewed', async () => {
    const files = new SimulatedFiles()
    const clock = new SimulatedClock()
    const lock = await LockFile.acquire(files, clock, path, other)
    const second = LockFile.acquire(files, clock, path, here)
    const outcome = expect(second).rejects.toThrow(`process ${other.pid} on here has it`)
    await clock.advance(60_000)
    await outcome
    lock.release()
    await LockFile.acquire(files, clock, path, here)
  })

  it('is free at once when its holder is gone', async () => {
    const clock = new SimulatedClock()
    const cases = [{ pid: 2 ** 30, host: 'here' }, here]
    for (const holder of cases) {
      const files = new SimulatedFiles()
      files.createOnce(path, JSON.stringify(holder))
      files.touch(path, clock.now())
      await LockFile.acquire(files, clock, path, here)
    }
  })

  it.each([
    ['another host', JSON.stringify({ pid: 1, host: 'there' })],
    ['a process that got its number', JSON.stringify(other)],
    ['nobody knows whom', 'garbage'],
  ])('of %s is free when nobody renews it', async (_, content) => {
    const files = new SimulatedFiles()
    const clock = new SimulatedClock()
    files.createOnce(path, content)
    files.touch(path, clock.now())
    const lock = LockFile.acquire(files, clock, path, here)
    await clock.advance(22_000)
    await lock
  })
})

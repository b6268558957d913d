import type { StatsFs } from 'node:fs'
import { expect, it } from 'vitest'
import { MountAsker } from '../../../../../../src/components/prometheus/exporter/unix/collectors/mount_asker.ts'
import { RecordingLogger } from '../../../../../support/recording_logger.ts'

const space: StatsFs = {
  type: 0,
  bsize: 1,
  blocks: 2,
  bfree: 1,
  bavail: 1,
  files: 0,
  ffree: 0,
}

/** Mounts that answer when the test says so. */
class Mounts {
  readonly asked: string[] = []
  readonly #answers = new Map<string, (space: StatsFs) => void>()

  readonly statfs = (path: string): Promise<StatsFs> => {
    this.asked.push(path)
    if (!path.startsWith('/dead')) return Promise.resolve(space)
    return new Promise((resolve) => this.#answers.set(path, resolve))
  }

  answer(path: string): void {
    this.#answers.get(path)?.(space)
  }
}

function askerOf(mounts: Mounts, logger = new RecordingLogger()): MountAsker {
  return new MountAsker({ timeoutMs: 1, logger, statfs: mounts.statfs })
}

it('gives what a mount answers, and nothing where it fails', async () => {
  const asker = askerOf(new Mounts())
  expect(await asker.ask('/')).toBe(space)
  const failing = new MountAsker({
    timeoutMs: 1,
    logger: new RecordingLogger(),
    statfs: () => Promise.reject(new Error('ENOENT')),
  })
  expect(await failing.ask('/')).toBeUndefined()
})

it('does not ask a mount again before its answer is there', async () => {
  const mounts = new Mounts()
  const logger = new RecordingLogger()
  const asker = askerOf(mounts, logger)
  expect(await asker.ask('/dead')).toBeUndefined()
  expect(await asker.ask('/dead')).toBeUndefined()
  expect(mounts.asked).toEqual(['/dead'])
  mounts.answer('/dead')
  await new Promise(setImmediate)
  await asker.ask('/dead')
  expect(mounts.asked).toEqual(['/dead', '/dead'])
  expect(logger.lines.slice(0, 2)).toEqual([
    'warn Mount point timed out, it is being labeled as stuck and will not be monitored mountpoint=/dead',
    'info Mount point has recovered, monitoring will resume mountpoint=/dead',
  ])
})

it('asks nobody while two do not answer: others need the threads', async () => {
  const mounts = new Mounts()
  const asker = askerOf(mounts)
  await asker.ask('/dead1')
  await asker.ask('/dead2')
  expect(await asker.ask('/')).toBeUndefined()
  mounts.answer('/dead1')
  await new Promise(setImmediate)
  expect(await asker.ask('/')).toBe(space)
})

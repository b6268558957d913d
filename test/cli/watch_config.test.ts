import { describe, expect, it } from 'vitest'
import { watchConfig } from '../../src/cli/watch_config.ts'
import { hashSources } from '../../src/engine/sources.ts'
import { MemoryFiles } from '../support/memory_files.ts'
import { RecordingLogger } from '../support/recording_logger.ts'
import { SimulatedClock, settle } from '../support/simulated_clock.ts'

class Watched {
  readonly clock = new SimulatedClock()
  readonly files = new MemoryFiles()
  readonly logger = new RecordingLogger()
  readonly stop = new AbortController()
  readonly path: string
  /** What was loaded, with the first load. */
  readonly loads: string[] = []
  duringReload = async () => {}
  done: Promise<void> = Promise.resolve()

  constructor(path = 'c.alloy') {
    this.path = path
    this.files.texts.set('c.alloy', 'first')
    this.files.texts.set('dir/a.alloy', 'a')
    this.#load()
  }

  async start(): Promise<this> {
    const { clock, files, logger, path } = this
    this.done = watchConfig(
      {
        path,
        clock,
        files,
        logger,
        watch: files.watch,
        lastHash: () => hashSources([{ name: '', bytes: Buffer.from(this.loads.at(-1) ?? '') }]),
        reload: async () => {
          this.#load()
          await this.duringReload()
        },
      },
      this.stop.signal,
    )
    await clock.advance(500)
    return this
  }

  async end(): Promise<void> {
    this.stop.abort()
    await this.done
    expect(this.clock.timers).toBe(0)
    expect(this.files.watched).toEqual([])
  }

  #load(): void {
    const all = [...this.files.texts].filter(([name]) => {
      return name === this.path || name.startsWith(`${this.path}/`)
    })
    this.loads.push(all.map(([, text]) => text).join(''))
  }
}

describe('watchConfig', () => {
  it('reloads once when changes have settled', async () => {
    const test = await new Watched().start()
    test.files.write('c.alloy', '')
    await test.clock.advance(400)
    test.files.write('c.alloy', 'second')
    await test.clock.advance(499)
    expect(test.loads).toEqual(['first'])
    await test.clock.advance(1)
    expect(test.loads).toEqual(['first', 'second'])
    expect(test.logger.lines).toEqual(['info the configuration has changed, reloading'])
    await test.end()
  })

  it('does not wait for ever for changes to settle', async () => {
    const test = await new Watched().start()
    for (let i = 0; i < 60; i++) {
      test.files.write('c.alloy', `version ${i}`)
      await test.clock.advance(100)
    }
    expect(test.loads).toEqual(['first', 'version 49'])
    await test.end()
  })

  it('does not reload what is the same, or was refused already', async () => {
    const test = await new Watched().start()
    test.files.write('c.alloy', 'first')
    await test.clock.advance(60_000)
    expect(test.loads).toEqual(['first'])
    await test.end()
  })

  it('watches all files of a folder', async () => {
    const test = await new Watched('dir').start()
    test.files.write('dir/b.alloy', 'b')
    await test.clock.advance(500)
    test.files.write('dir/a.alloy')
    await test.clock.advance(500)
    expect(test.loads).toEqual(['a', 'ab', 'b'])
    await test.end()
  })

  it('finds by itself what no event tells, and what came before it watched', async () => {
    const early = new Watched()
    early.files.texts.set('c.alloy', 'early')
    await early.start()
    expect(early.loads).toEqual(['first', 'early'])
    early.files.texts.set('c.alloy', 'silent')
    await early.clock.advance(10_000)
    expect(early.loads).toEqual(['first', 'early', 'silent'])
    await early.end()
  })

  it('leaves a configuration in force whose file is gone, and says so once', async () => {
    const test = await new Watched().start()
    test.files.write('c.alloy')
    await test.clock.advance(60_000)
    expect(test.loads).toEqual(['first'])
    expect(test.logger.lines).toEqual([
      'warn cannot read the configuration path=c.alloy err=stat c.alloy: no such file or directory',
    ])
    test.files.write('c.alloy', 'back')
    await test.clock.advance(500)
    expect(test.loads).toEqual(['first', 'back'])
    await test.end()
  })

  it('reloads one after the other', async () => {
    const test = await new Watched().start()
    let release = () => {}
    test.duringReload = () =>
      new Promise((resolve) => {
        release = resolve
      })
    test.files.write('c.alloy', 'second')
    await test.clock.advance(500)
    test.files.write('c.alloy', 'third')
    await test.clock.advance(500)
    expect(test.loads).toEqual(['first', 'second'])
    test.duringReload = async () => {}
    release()
    await settle()
    expect(test.loads).toEqual(['first', 'second', 'third'])
    await test.end()
  })
})

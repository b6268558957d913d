import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import runner from '../../../../src/components/local/file/run.ts'
import type { declaration } from '../../../../src/components/local/file.ts'
import { describe as told } from '../../../../src/engine/describe.ts'
import { OptionalSecret } from '../../../../src/eval/secret.ts'
import type { Arguments } from '../../../../src/schema/declaration.ts'
import { componentContext } from '../../../support/component_context.ts'

type Args = Arguments<typeof declaration>

let dir: string
let filename: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'alloyts-local-file-'))
  filename = join(dir, 'file')
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
})

async function start(changes: Partial<Args> = {}) {
  const args: Args = {
    filename,
    detector: 'fsnotify',
    poll_frequency: 60_000,
    is_secret: false,
    ...changes,
  }
  const { context, seen } = componentContext<typeof declaration>('local.file.a')
  const component = await runner.open(context, args)
  const control = new AbortController()
  const running = component.run(control.signal)
  onTestFinished(async () => {
    control.abort()
    await running
  })
  const contents = () => seen.published.map(({ content }) => (content as OptionalSecret).reveal())
  return { component, args, seen, contents, control, running }
}

const soon = { timeout: 2000, interval: 2 }

describe('local.file', () => {
  it.runIf(process.platform === 'linux')('refuses what has no end, and pipes', async () => {
    await expect(start({ filename: '/dev/zero' })).rejects.toThrow('failed to read file')
    execFileSync('mkfifo', [filename])
    await expect(start()).rejects.toThrow('failed to read file')
    await expect(start({ filename: dir })).rejects.toThrow('failed to read file')
  })

  it.runIf(process.platform === 'linux')('reads files that do not tell their size', async () => {
    const { contents } = await start({ filename: '/proc/self/status' })
    expect(contents()[0]).toContain('VmSize:')
  })

  it('publishes the exact text, bytes that are no UTF-8 included', async () => {
    writeFileSync(filename, Buffer.from([0x20, 0xff, 0x0a]))
    const { contents, seen } = await start()
    expect(contents()).toEqual([' \udcff\n'])
    expect(seen.values.get('lastAccessed')).toBeCloseTo(Date.now() / 1000, -1)
  })

  it('is a secret where the arguments say so', async () => {
    writeFileSync(filename, 'x')
    const { seen } = await start({ is_secret: true })
    expect(seen.published).toEqual([{ content: new OptionalSecret('x', true) }])
    expect(String((seen.published[0] as { content: OptionalSecret }).content)).toBe('(secret)')
  })

  it('fails where the file is missing, in the words of upstream', async () => {
    const error = await start().catch((error: unknown) => error)
    expect(told(error)).toBe(`failed to read file: open ${filename}: no such file or directory`)
  })

  it.each<[string, () => void]>([
    ['written in place', () => writeFileSync(filename, 'two')],
    [
      'replaced by a rename',
      () => {
        writeFileSync(join(dir, 'new'), 'two')
        renameSync(join(dir, 'new'), filename)
      },
    ],
    [
      'removed and made again',
      () => {
        unlinkSync(filename)
        writeFileSync(filename, 'two')
      },
    ],
  ])('notices within 50 ms or so that the file was %s', async (_, change) => {
    writeFileSync(filename, 'one')
    const { contents } = await start()
    const started = performance.now()
    change()
    await expect.poll(contents, soon).toEqual(['one', 'two'])
    expect(performance.now() - started).toBeLessThan(500)
    // The watch has not followed the old file away.
    writeFileSync(filename, 'three')
    await expect.poll(contents, soon).toEqual(['one', 'two', 'three'])
  })

  it('notices a volume of Kubernetes that is published anew', async () => {
    for (const [version, text] of [
      ['v1', 'one'],
      ['v2', 'two'],
    ] as const) {
      mkdirSync(join(dir, version))
      writeFileSync(join(dir, version, 'file'), text)
    }
    symlinkSync('v1', join(dir, '..data'))
    symlinkSync(join('..data', 'file'), filename)
    const { contents } = await start()
    symlinkSync('v2', join(dir, '..new'))
    renameSync(join(dir, '..new'), join(dir, '..data'))
    await expect.poll(contents, soon).toEqual(['one', 'two'])
  })

  it('polls where it is told to', async () => {
    writeFileSync(filename, 'one')
    const { contents } = await start({ detector: 'poll', poll_frequency: 20 })
    writeFileSync(filename, 'two')
    await expect.poll(contents, soon).toEqual(['one', 'two'])
  })

  it('keeps the last content while the file cannot be read, and says so', async () => {
    writeFileSync(filename, 'one')
    const { component, contents } = await start()
    expect(component.health?.().state).toBe('healthy')
    unlinkSync(filename)
    await expect.poll(() => component.health?.().state, soon).toBe('unhealthy')
    expect(component.health?.().message).toBe(
      `failed to read file: open ${filename}: no such file or directory`,
    )
    expect(contents()).toEqual(['one'])
    writeFileSync(filename, 'two')
    await expect.poll(() => component.health?.().state, soon).toBe('healthy')
    expect(contents()).toEqual(['one', 'two'])
  })

  it('survives that the whole folder goes and comes back', async () => {
    writeFileSync(filename, 'one')
    const { component, contents } = await start({ poll_frequency: 30 })
    rmSync(dir, { recursive: true })
    await expect.poll(() => component.health?.().state, soon).toBe('unhealthy')
    mkdirSync(dir)
    writeFileSync(filename, 'two')
    await expect.poll(contents, soon).toEqual(['one', 'two'])
  })

  it('takes over new arguments, and keeps the old ones where they fail', async () => {
    writeFileSync(filename, 'one')
    const other = join(dir, 'other')
    writeFileSync(other, 'two')
    const { component, args, contents } = await start()
    await component.update({ ...args, filename: other })
    expect(contents()).toEqual(['one', 'two'])
    await expect(component.update({ ...args, filename: join(dir, 'none') })).rejects.toThrow()
    writeFileSync(filename, 'not watched any more')
    writeFileSync(other, 'three')
    await expect.poll(contents, soon).toEqual(['one', 'two', 'three'])
  })

  it('reads nothing after its end', async () => {
    writeFileSync(filename, 'one')
    const { contents, control, running } = await start()
    writeFileSync(filename, 'two')
    control.abort()
    await running
    expect(contents()).toEqual(['one'])
  })
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  forEachOf,
  hasVanished,
  isNumeric,
  listProc,
  readProcText,
} from '../../../../../src/components/prometheus/exporter/process/linux_reader.ts'
import { bytesOf } from '../../../../../src/go/text.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'reader-'))
})

afterEach(() => rm(root, { recursive: true }))

it.each([0, 1, 4095, 4096, 4097, 20_000])('reads all of %d bytes', async (size) => {
  const text = 'x'.repeat(size)
  await writeFile(join(root, 'a'), text)
  expect(await readProcText(join(root, 'a'))).toBe(text)
})

it('cuts what is too long', async () => {
  await writeFile(join(root, 'a'), Buffer.alloc(5 * 2 ** 20))
  expect((await readProcText(join(root, 'a'))).length).toBe(4 * 2 ** 20)
})

it('keeps bytes that are no UTF-8', async () => {
  const bytes = Buffer.from('636d64ff00', 'hex')
  await writeFile(join(root, 'a'), bytes)
  expect(Buffer.from(bytesOf(await readProcText(join(root, 'a'))))).toEqual(bytes)
})

it('rejects as the system does', async () => {
  const error = await readProcText(join(root, 'none')).catch((reason: unknown) => reason)
  expect(hasVanished(error)).toBe(true)
  expect(hasVanished(Object.assign(new Error('no'), { code: 'EACCES' }))).toBe(false)
  await expect(readProcText(root)).rejects.toThrow('EISDIR')
  await expect(listProc(join(root, 'none'), isNumeric)).rejects.toThrow('ENOENT')
})

it('lists the names that are wanted', async () => {
  for (const name of ['1', '20', 'self', '3a']) await writeFile(join(root, name), '')
  expect((await listProc(root, isNumeric)).sort()).toEqual(['1', '20'])
})

it('works on a few at a time', async () => {
  let running = 0
  let most = 0
  const done: number[] = []
  await forEachOf([...Array(20).keys()], 3, async (item) => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    done.push(item)
  })
  expect([most, done.length]).toEqual([3, 20])
  await forEachOf([], 3, async () => expect.unreachable())
})

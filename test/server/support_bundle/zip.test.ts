import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { type ZippedFile, zipped } from '../../../src/server/support_bundle/zip.ts'

async function archive(files: readonly ZippedFile[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of zipped(files)) pieces.push(piece)
  return Buffer.concat(pieces)
}

it('an archive gives back its files', async () => {
  const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text !== '__proto__')
  const contents = fc.dictionary(name, fc.uint8Array({ maxLength: 3000 }), {
    maxKeys: 6,
    noNullPrototype: true,
  })
  await fc.assert(
    fc.asyncProperty(contents, async (all) => {
      const files = Object.entries(all).map(([path, content]) => ({ path, content }))
      const read = unzipSync(await archive(files))
      expect(Object.keys(read)).toEqual(Object.keys(all))
      for (const { path, content } of files) {
        expect(Buffer.compare(read[path]!, content)).toBe(0)
      }
    }),
    { numRuns: 50 },
  )
})

it('making one lets the event loop turn', async () => {
  const content = Buffer.alloc(24 * 1024 * 1024, 'metrics of many series\n')
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const made = await archive([{ path: 'large', content }])
  clearInterval(timer)
  expect(Buffer.compare(unzipSync(made).large!, content)).toBe(0)
  expect(turns).toBeGreaterThan(20)
})

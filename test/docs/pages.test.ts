import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { referencePages } from './pages.ts'

const folder = new URL('../../docs/reference/', import.meta.url)

test('docs/reference is what `npm run docs` writes', async () => {
  const pages = await referencePages()
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort())
  for (const [file, text] of pages) {
    expect(readFileSync(new URL(file, folder), 'utf8')).toBe(text)
  }
})

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { componentsPage, referencePages } from './pages.ts'

const folder = new URL('../../docs/reference/', import.meta.url)

test('docs/reference is what `npm run docs` writes', async () => {
  const pages = await referencePages()
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort())
  for (const [file, text] of pages) {
    expect(readFileSync(new URL(file, folder), 'utf8')).toBe(text)
  }
})

test('docs/components.md is what `npm run docs` writes', async () => {
  const file = new URL('../../docs/components.md', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(await componentsPage())
})

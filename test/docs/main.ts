// Writes docs/reference/ from the declarations and man/ from the commands: npm run docs.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { manPages } from './man.ts'
import { componentsPage, referencePages } from './pages.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Afterwards the folder holds these files and nothing else. */
function write(folder: string, pages: ReadonlyMap<string, string>): void {
  const path = join(root, folder)
  mkdirSync(path, { recursive: true })
  for (const file of readdirSync(path)) if (!pages.has(file)) rmSync(join(path, file))
  for (const [file, text] of pages) writeFileSync(join(path, file), text)
  console.log(`${folder}: ${pages.size} pages`)
}

/** `npm install` links the pages that package.json lists. */
function listManPages(names: readonly string[]): void {
  const file = join(root, 'package.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  manifest.man = names.map((name) => `man/${name}`)
  writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`)
}

write('docs/reference', await referencePages())
writeFileSync(join(root, 'docs/components.md'), await componentsPage())
const manual = manPages()
write('man', manual)
listManPages([...manual.keys()].sort())

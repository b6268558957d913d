// Writes docs/reference/ from the declarations: npm run docs.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { referencePages } from './pages.ts'

const folder = fileURLToPath(new URL('../docs/reference/', import.meta.url))

const pages = await referencePages()
mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder)) if (!pages.has(file)) rmSync(join(folder, file))
for (const [file, text] of pages) writeFileSync(join(folder, file), text)
console.log(`docs/reference: ${pages.size} pages`)

// Bundles the browser UI into dist/ui, writes what each component declares into dist/ui/docs, and
// compresses what is worth it, so that the server need not.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { execaNode } from 'execa'
import glob from 'fast-glob'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = `${root}dist/ui/`

/** Smaller files fit into a packet or two anyhow. */
const compressedSizeMin = 1024

/** `dist/` must have been built: the program itself prints what it declares. */
export async function buildUi() {
  await build({ configFile: `${root}ui/vite.config.ts`, logLevel: 'warn' })
  for (const file of glob.sync('assets/*.{js,css}', { cwd: out })) compressed(out + file)
  await writeDocs()
}

function compressed(file) {
  if (statSync(file).size < compressedSizeMin) return
  const bytes = readFileSync(file)
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
}

/** A file for each component: its declaration and the blocks that it uses, at any depth. */
async function writeDocs() {
  const { stdout } = await execaNode(`${root}bin/run.js`, ['schema'], { maxBuffer: 64 * 1024 ** 2 })
  const { types, components } = JSON.parse(stdout)
  mkdirSync(`${out}docs`, { recursive: true })
  for (const [name, declared] of Object.entries(components)) {
    const used = {}
    collect([declared.arguments, declared.exports], types, used)
    writeFileSync(`${out}docs/${name}.json`, JSON.stringify({ name, ...declared, types: used }))
  }
}

function collect(bodies, types, used) {
  for (const { fields = [] } of bodies.filter(Boolean)) {
    const names = fields.flatMap(({ block, blocks = {} }) => [block, ...Object.values(blocks)])
    for (const name of names) {
      if (typeof name === 'object') collect([name], types, used)
      if (typeof name !== 'string' || used[name] !== undefined) continue
      used[name] = types[name]
      collect([types[name]], types, used)
    }
  }
}

// Bundles the browser UI into dist/ui, and compresses what is worth it, so that the server need
// not do it.
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import glob from 'fast-glob'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = `${root}dist/ui/`

/** Smaller files fit into a packet or two anyhow. */
const compressedSizeMin = 1024

export async function buildUi() {
  await build({ configFile: `${root}ui/vite.config.ts`, logLevel: 'warn' })
  for (const file of glob.sync('assets/*.{js,css}', { cwd: out })) compressed(out + file)
}

function compressed(file) {
  if (statSync(file).size < compressedSizeMin) return
  const bytes = readFileSync(file)
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }))
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
}

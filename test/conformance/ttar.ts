// Text archives of directory trees: entries of `Path: NAME`, with `Lines: N` and the lines,
// `SymlinkTo: TARGET`, or `Directory: NAME`.

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes the entries of an archive below `dir`. */
export function unpackTtar(archive: string, dir: string): void {
  const lines = archive.split('\n')
  let path = dir
  for (let i = 0; i < lines.length; i++) {
    const [, key, value = ''] = /^([A-Za-z]+): (.*)$/.exec(lines[i]!) ?? []
    if (key === 'Path') path = join(dir, value)
    else if (key === 'Directory') mkdirSync(join(dir, value), { recursive: true })
    else if (key === 'SymlinkTo') symlinkSync(value, madeFor(path))
    else if (key === 'Lines') {
      const count = Number(value)
      writeFileSync(madeFor(path), contentOf(lines.slice(i + 1, i + 1 + count)))
      i += count
    }
  }
}

function madeFor(path: string): string {
  mkdirSync(dirname(path), { recursive: true })
  return path
}

function contentOf(lines: readonly string[]): string {
  const text = lines.map((line) => `${line}\n`).join('')
  return text
    .replace(/(?<!\\)EOF\n$/, '')
    .replace(/(\\?)NULLBYTE/g, (_, kept: string) => (kept === '' ? '\0' : 'NULLBYTE'))
    .replace(/\\EOF/g, 'EOF')
}

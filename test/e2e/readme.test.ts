// What the README shows is what happens. A block after `<!-- example -->` is run, command by
// command; one after `<!-- file: NAME -->` is a file that those commands find.

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const readme = readFileSync(`${root}README.md`, 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'alloyts-readme-'))

/** The content of the blocks after a remark, with what the remark says. */
function blocks(remark: string): { name: string; text: string }[] {
  const pattern = new RegExp(`^<!-- ${remark} -->\n\`\`\`\\w+\n(.*?)^\`\`\`$`, 'gms')
  return [...readme.matchAll(pattern)].map((match) => ({
    name: match.length > 2 ? (match[1] ?? '') : '',
    text: match.at(-1) ?? '',
  }))
}

function examples(): [command: string, output: string][] {
  return blocks('example').flatMap(({ text }) =>
    text
      .split(/^\$ /m)
      .slice(1)
      .map((part): [string, string] => {
        const end = part.indexOf('\n')
        return [part.slice(0, end), part.slice(end + 1)]
      }),
  )
}

beforeAll(() => {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const script = `#!/bin/sh\nexec "${process.execPath}" "${root}bin/run.js" "$@"\n`
  writeFileSync(join(bin, 'alloyts'), script)
  chmodSync(join(bin, 'alloyts'), 0o755)
  for (const { name, text } of blocks('file: (\\S+)')) writeFileSync(join(folder, name), text)
})

afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(process.platform === 'win32')('README', () => {
  it('has examples', () => {
    expect(examples().length).toBeGreaterThanOrEqual(8)
  })

  it.each(examples())('%s', (command, output) => {
    const path = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`
    const run = spawnSync('sh', ['-c', `(${command}) 2>&1`], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
      timeout: 60_000,
    })
    expect(run.stdout).toBe(output)
  })
})

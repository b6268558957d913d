// Completion scripts as the shells run them.

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const script = (shell: string) => {
  return execFileSync(process.execPath, [bin, 'completion', shell], { encoding: 'utf8' })
}

/** What bash offers for the last of the words. */
function offered(...words: readonly string[]): string[] {
  const list = ['alloyts', ...words].map((word) => `'${word}'`).join(' ')
  const ask = `COMP_WORDS=(${list}); COMP_CWORD=${words.length}; _alloyts; printf '%s\\n' "\${COMPREPLY[@]}"`
  const out = execFileSync('bash', ['-c', `${script('bash')}\n${ask}`], { encoding: 'utf8' })
  return out.split('\n').filter((line) => line !== '')
}

describe('bash completion', () => {
  it.each<[words: string[], expected: string[]]>([
    [['val'], ['validate']],
    [
      ['tools', ''],
      ['eval', 'prometheus.remote_write', 'sink', 'wal-inspect'],
    ],
    [['doc', 'prometheus.remote'], ['prometheus.remote_write']],
    [['schema', '--stat'], ['--status']],
    [['run', '--server.http.listen'], ['--server.http.listen-addr']],
    [['fmt', 'package.js'], ['package.json']],
  ])('offers after %j', (words, expected) => {
    expect(offered(...words)).toEqual(expected)
  })
})

it('makes scripts for zsh and fish, and for no other shell', () => {
  expect(script('zsh')).toMatch(/^#compdef alloyts\n/)
  expect(script('fish')).toContain("complete -c alloyts -n '__fish_use_subcommand' -a run")
  expect(() => script('tcsh')).toThrow()
})

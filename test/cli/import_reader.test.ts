// Imports over the network: a server and a repository of this machine.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NetworkImports } from '../../src/cli/import_reader.ts'
import { describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { checkText } from '../support/check_text.ts'

const module = 'declare "sink" {\n\tprometheus.echo "e" { }\n}\n'
const dir = mkdtempSync(join(tmpdir(), 'alloyts-imports-'))
const repository = join(dir, 'repository')
let server: Server
let address = ''

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com']
  return execFileSync('git', ['-C', repository, ...identity, ...args], { stdio: 'pipe' }).toString()
}

beforeAll(async () => {
  mkdirSync(join(repository, 'mods'), { recursive: true })
  git('init', '--quiet', '--initial-branch=main')
  writeFileSync(join(repository, 'mods/m.alloy'), module)
  git('add', '.')
  git('commit', '--quiet', '-m', 'a')
  git('tag', 'v1')
  writeFileSync(join(repository, 'mods/m.alloy'), 'declare "other" { }\n')
  git('commit', '--quiet', '-am', 'b')
  server = createServer((request, response) => {
    const isKnown = request.url === '/mods/m.alloy' && request.headers['x-token'] === 'abc'
    response.statusCode = isKnown ? 200 : 404
    response.end(isKnown ? module : 'nothing')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
  rmSync(dir, { recursive: true })
})

/** What is found, and what was not read. */
async function check(import_: string): Promise<string[]> {
  const imports = new NetworkImports('0.0.0')
  try {
    const text = `${import_}\nm.sink "s" { }\n`
    const { diagnostics, unread } = await checkText(text, { depth: 'load', imports })
    return [...diagnostics.map(describeDiagnostic), ...unread]
  } finally {
    await imports.close()
  }
}

const noSink =
  'custom component config not found in the registry, namespace: "m", componentName: "sink"'

describe('import.http', () => {
  it('reads what the server has', async () => {
    const block = `import.http "m" { url = "${address}/mods/m.alloy"\nheaders = {"X-Token" = "abc"} }`
    expect(await check(block)).toEqual([])
  })

  it('says what the server says', async () => {
    expect(await check(`import.http "m" { url = "${address}/none" }`)).toEqual([
      `import.http.m: ${address}/none answers with status 404`,
    ])
  })
})

describe('import.git', () => {
  const block = (revision: string, path = 'mods/m.alloy') =>
    `import.git "m" {\nrepository = "${repository}"\nrevision = "${revision}"\npath = "${path}"\n}`

  it.each(['main', 'v1'])('reads a branch and a tag: %s', async (revision) => {
    const found = await check(block(revision))
    expect(found.map((each) => each.replace(/^\S+ /, ''))).toEqual(
      revision === 'v1' ? [] : [noSink],
    )
  })

  it('reads a commit and a directory', async () => {
    expect(await check(block(git('rev-parse', 'v1').trim(), 'mods'))).toEqual([])
  })

  it('says what git says', async () => {
    const [found = ''] = await check(block('nowhere'))
    expect(found).toContain(`import.git.m: cannot clone ${repository}: `)
    expect(found).toContain('nowhere')
  })

  it('names files as the repository does', async () => {
    writeFileSync(join(repository, 'mods/broken.alloy'), 'declare "sink" {')
    git('add', '.')
    git('commit', '--quiet', '-m', 'c')
    expect(await check(block('main', 'mods/broken.alloy'))).toEqual([
      'mods/broken.alloy:1:17: expected }, got EOF',
    ])
  })

  it('stays within the repository', async () => {
    expect(await check(block('v1', '../../x'))).toEqual([
      'import.git.m: ../../x is outside the repository',
    ])
  })

  it('leaves no clone behind', async () => {
    const own = () => readdirSync(tmpdir()).filter((name) => name.startsWith('alloyts-import-'))
    const before = own()
    await check(block('v1'))
    expect(own().filter((name) => !before.includes(name))).toEqual([])
    expect(existsSync(repository)).toBe(true)
  })
})

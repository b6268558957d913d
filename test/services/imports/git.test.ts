import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fileReader } from '../../../src/cli/file_reader.ts'
import { declaration } from '../../../src/components/config/import/git.ts'
import { describe as sentenceOf } from '../../../src/engine/describe.ts'
import { gitImport } from '../../../src/services/imports/git.ts'
import { decodeText } from '../../support/decode_text.ts'
import { serve } from '../../support/http_server.ts'
import { TestImportContext } from '../../support/import_context.ts'

const argumentsOf = (text: string) => decodeText(declaration.arguments, text)

class Repository {
  readonly path: string

  constructor(path: string) {
    this.path = path
    mkdirSync(path, { recursive: true })
    this.git('init', '--quiet', '--initial-branch=main')
  }

  git(...args: string[]): string {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'commit.gpgsign=false']
    return execFileSync('git', [...who, ...args], { cwd: this.path, encoding: 'utf8' }).trim()
  }

  commit(files: Record<string, string>): string {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(this.path, name, '..'), { recursive: true })
      writeFileSync(join(this.path, name), text)
    }
    this.git('add', '--all')
    this.git('commit', '--quiet', '--message', 'next')
    return this.git('rev-parse', 'HEAD')
  }
}

function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'alloyts-git-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const repository = new Repository(join(folder, 'origin'))
  const context = new TestImportContext(join(folder, 'data'))
  const source = gitImport(fileReader)(context)
  const update = (rest: string) => {
    return source.update(argumentsOf(`repository = ${JSON.stringify(repository.path)}\n${rest}`))
  }
  return { folder, repository, context, source, update }
}

describe('import.git', () => {
  it('publishes a file, and the folder of the clone', async () => {
    const { repository, context, source, update } = setUp()
    repository.commit({ 'mods/a.alloy': 'first' })
    await update('path = "mods/a.alloy"')
    expect(context.texts).toEqual({ 'mods/a.alloy': 'first' })
    expect(context.published[0]!.modulePath).toBe(join(context.dataDir, 'repo'))
    expect(source.health()).toMatchObject({ state: 'healthy', message: 'module updated' })
  })

  it('publishes the *.alloy files of a folder', async () => {
    const { repository, context, update } = setUp()
    repository.commit({ 'm/a.alloy': 'a', 'm/b.alloy': 'b', 'm/c.txt': 'c', 'm/n/d.alloy': 'd' })
    await update('path = "m"')
    expect(context.texts).toEqual({ 'm/a.alloy': 'a', 'm/b.alloy': 'b' })
  })

  it('takes a tag before a branch, and commits', async () => {
    const { repository, context, update } = setUp()
    const first = repository.commit({ a: 'first' })
    repository.git('tag', 'both')
    repository.git('checkout', '--quiet', '-b', 'both-branch')
    repository.commit({ a: 'second' })
    repository.git('branch', '--quiet', 'both')
    repository.git('checkout', '--quiet', 'main')
    for (const [revision, expected] of [
      ['both', 'first'],
      ['both-branch', 'second'],
      ['main', 'first'],
      [first, 'first'],
    ]) {
      await update(`path = "a"\nrevision = "${revision}"`)
      expect(context.texts).toEqual({ a: expected })
    }
  })

  it('pulls while it runs, also what was rewritten', async () => {
    const { repository, context, source, update } = setUp()
    repository.commit({ a: 'first' })
    await update('path = "a"\npull_frequency = "30s"')
    const stop = new AbortController()
    const ran = source.run(stop.signal)
    repository.git('commit', '--quiet', '--amend', '--message', 'rewritten')
    repository.commit({ a: 'second' })
    await context.clock.advance(30_000)
    await expect.poll(() => context.texts, { timeout: 10_000 }).toEqual({ a: 'second' })
    stop.abort()
    await ran
  })

  it('does not pull when the frequency is 0', async () => {
    const { repository, context, source, update } = setUp()
    repository.commit({ a: 'first' })
    await update('path = "a"\npull_frequency = "0s"')
    const stop = new AbortController()
    const ran = source.run(stop.signal)
    expect(context.clock.timers).toBe(0)
    stop.abort()
    await ran
  })

  it('begins with an earlier clone when the remote is gone, and shows that', async () => {
    const { folder, repository, context, update } = setUp()
    repository.commit({ a: 'first' })
    await update('path = "a"')
    rmSync(repository.path, { recursive: true })
    const later = new TestImportContext(context.dataDir)
    const source = gitImport(fileReader)(later)
    const text = `repository = ${JSON.stringify(repository.path)}\npath = "a"`
    await source.update(argumentsOf(text))
    expect(later.texts).toEqual({ a: 'first' })
    expect(source.health()).toMatchObject({
      state: 'unhealthy',
      message: expect.stringMatching(/^failed to update git repository: git fetch: fatal: /),
    })
    const other = text.replace('origin', 'other')
    await expect(source.update(argumentsOf(other))).rejects.toThrow(/^git fetch: fatal: /)
    expect(folder).toBeTruthy()
  })

  it('goes on after a command that was killed', async () => {
    const { repository, context, update } = setUp()
    repository.commit({ a: 'first' })
    await update('path = "a"')
    writeFileSync(join(context.dataDir, 'repo/.git/index.lock'), '')
    repository.commit({ a: 'second' })
    await update('path = "a"')
    expect(context.texts).toEqual({ a: 'second' })
  })

  it.each<[string, string, string]>([
    [
      'names that mean something else here',
      'path = "a"\nrevision = "HEAD"',
      'invalid revision HEAD',
    ],
    ['a revision that is not there', 'path = "a"\nrevision = "no"', 'reference not found: no'],
    ['an option as revision', 'path = "a"\nrevision = "--all"', 'reference not found: --all'],
    ['a path that is not there', 'path = "b"', 'stat DIR/b: no such file or directory'],
  ])('refuses %s', async (_, text, expected) => {
    const { repository, context, update } = setUp()
    repository.commit({ a: 'first' })
    const reason = await update(text).catch(sentenceOf)
    expect(String(reason).replace(join(context.dataDir, 'repo'), 'DIR')).toBe(expected)
  })

  it('logs in, and says nothing of it when it is refused', async () => {
    const server = await serve((_, response) => {
      response.statusCode = 401
      response.setHeader('www-authenticate', 'Basic')
      response.end()
    })
    const { context, source } = setUp()
    const url = server.origin.replace('http://', 'http://user:inurl@')
    const reason = await source
      .update(
        argumentsOf(`
          repository = "${url}/r.git"
          path = "a"
          basic_auth {
            username = "u"
            password = "hunter2"
          }
        `),
      )
      .catch(sentenceOf)
    const login = `Basic ${Buffer.from('u:hunter2').toString('base64')}`
    expect(server.received.map(({ headers }) => headers.authorization)).toContain(login)
    expect(reason).toMatch(/^git fetch: fatal: /)
    const said = [String(reason), ...context.logger.lines].join('\n')
    for (const secret of ['hunter2', 'inurl', login]) expect(said).not.toContain(secret)
  })
})

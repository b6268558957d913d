import { readFile, stat } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { expect, it, describe as suite } from 'vitest'
import { describe, withoutUserInfo } from '../../src/engine/describe.ts'

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('should fail'),
    (error: unknown) => error,
  )
}

suite('describe', () => {
  it.each<[string, unknown, string]>([
    ['a message', new Error('cannot read'), 'cannot read'],
    ['causes', new Error('cannot send', { cause: new Error('gone') }), 'cannot send: gone'],
    [
      'a cause that is already told only once',
      new Error('cannot send: gone', { cause: new Error('gone') }),
      'cannot send: gone',
    ],
    ['the first of many', new AggregateError([new Error('one'), new Error('two')]), 'one'],
    ['what is no error', 'text', 'text'],
    ['an error without words', new TypeError(), 'TypeError'],
  ])('tells %s', (_, error, expected) => {
    expect(describe(error)).toBe(expected)
  })

  it('survives causes in a ring', () => {
    const error = new Error('a')
    error.cause = new Error('b', { cause: error })
    expect(describe(error)).toContain('a: b')
  })

  it('reads as Go for files', async () => {
    expect(describe(await failureOf(readFile('/nowhere/file')))).toBe(
      'open /nowhere/file: no such file or directory',
    )
    expect(describe(await failureOf(stat('/nowhere/file')))).toBe(
      'stat /nowhere/file: no such file or directory',
    )
    expect(describe(await failureOf(readFile(tmpdir())))).toBe('read: is a directory')
  })

  it('reads as Go for sockets', async () => {
    const server = net.createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as net.AddressInfo
    const second = net.createServer()
    const taken = await new Promise((resolve) => {
      second.once('error', resolve).listen(port, '127.0.0.1')
    })
    expect(describe(taken)).toBe(`listen tcp 127.0.0.1:${port}: bind: address already in use`)
    await new Promise((resolve) => server.close(resolve))
    const refused = await new Promise((resolve) => {
      net.connect(port, '127.0.0.1').once('error', resolve)
    })
    expect(describe(refused)).toBe(`dial tcp 127.0.0.1:${port}: connect: connection refused`)
  })

  it.each([
    ['http://u:p@host/x', 'http://host/x'],
    ['Get "https://user:p@ss@host:1/": no', 'Get "https://host:1/": no'],
    ['mail a@b', 'mail a@b'],
    ['http://host/a@b', 'http://host/a@b'],
    ['http://u@a http://v@b', 'http://a http://b'],
  ])('strips user info of %s', (text, expected) => {
    expect(withoutUserInfo(text)).toBe(expected)
  })
})

import { describe, expect, it } from 'vitest'
import { splitHostPort } from '../../src/go/host_port.ts'

const pairs: readonly [string, string, string][] = [
  ['localhost:80', 'localhost', '80'],
  ['[::1]:80', '::1', '80'],
  [':', '', ''],
  ['[::1%eth0]:', '::1%eth0', ''],
]

const errors: readonly [string, string][] = [
  ['localhost', 'missing port in address'],
  ['::1:80', 'too many colons in address'],
  ['http://[::1', 'too many colons in address'],
  ['[::1', "missing ']' in address"],
  ['[::1]', 'missing port in address'],
  ['[::1]x:80', 'missing port in address'],
  ['[::1]:80:80', 'too many colons in address'],
  ['a[b:80', "unexpected '[' in address"],
  ['a]b:80', "unexpected ']' in address"],
  ['[a[b]:80', "unexpected '[' in address"],
  ['[ab]:8]0', "unexpected ']' in address"],
]

describe('splitHostPort', () => {
  it.each(pairs)('splits %s', (text, host, port) => {
    expect(splitHostPort(text)).toEqual({ host, port })
  })

  it.each(errors)('refuses %j: %s', (text, problem) => {
    expect(() => splitHostPort(text)).toThrow(new Error(`address ${text}: ${problem}`))
  })

  it('names no address where there is none', () => {
    expect(() => splitHostPort('')).toThrow(new Error('missing port in address'))
  })
})

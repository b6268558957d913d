import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../src/go/ip.ts'
import { cleanPath, joinPath } from '../../src/go/path.ts'
import { bytesOf, textOf } from '../../src/go/text.ts'
import {
  parseRequestUri,
  parseUrl,
  pathUnescape,
  queryEscape,
  queryUnescape,
  redactUrl,
} from '../../src/go/url.ts'

/** Answers of Go 1.26 on Linux; texts that may hold any byte are in base64. */
const answers: {
  escape: [string, string][]
  unescape: [string, string, string][]
  join: [string[], string][]
  parse: [string, string, ...string[]][]
  address: [string, string, string][]
} = JSON.parse(readFileSync(new URL('testdata/url.json', import.meta.url), 'utf8'))

function encode(text: string): string {
  return Buffer.from(bytesOf(text)).toString('base64')
}

describe('escaping', () => {
  it.each(answers.escape)('escapes %s', (base64, query) => {
    expect(queryEscape(textOf(Buffer.from(base64, 'base64')))).toBe(query)
  })

  it.each(answers.unescape)('reads %s', (text, query, message) => {
    if (message !== '') expect(() => queryUnescape(text)).toThrow(new Error(message))
    else expect(encode(queryUnescape(text))).toBe(query)
  })

  it('reads what a path holds', () => {
    expect(pathUnescape('a%2Fb+c')).toBe('a/b+c')
    expect(() => pathUnescape('x%zz')).toThrow(new Error('invalid URL escape "%zz"'))
  })

  it('reads what it escapes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = textOf(bytes)
        expect(queryUnescape(queryEscape(text))).toBe(text)
      }),
    )
  })
})

describe('URLs', () => {
  it.each(answers.parse)('reads %j', (text, message, ...expected) => {
    if (message !== '') {
      expect(() => parseUrl(text)).toThrow(new Error(message))
      return
    }
    const url = parseUrl(text)
    const { scheme, host, path, opaque, query = '' } = url
    const shown = [redactUrl(url), scheme, host, path, opaque, query]
    expect(shown).toEqual(expected)
  })
})

describe('URIs of requests', () => {
  it.each([
    ['http://a.b/c?d', 'a.b', '/c'],
    ['/a?b', '', '/a'],
    ['//a/b', '', '//a/b'],
    ['/a#b', '', '/a#b'],
    ['*', '', '*'],
    ['localhost:1234', '', ''],
  ])('reads %j', (text, host, path) => {
    const url = parseRequestUri(text)
    expect([url.host, url.path, url.fragment]).toEqual([host, path, ''])
  })

  it.each([
    ['', 'parse "": empty url'],
    ['12', 'parse "12": invalid URI for request'],
    ['%zz', 'parse "%zz": invalid URI for request'],
    ['a/b', 'parse "a/b": invalid URI for request'],
    ['::', 'parse "::": missing protocol scheme'],
    ['http://[::1', `parse "http://[::1": missing ']' in host`],
  ])('refuses %j', (text, message) => {
    expect(() => parseRequestUri(text)).toThrow(new Error(message))
  })
})

describe('addresses', () => {
  it.each(answers.address)('reads %j', (text, hex, message) => {
    if (message !== '') expect(() => parseAddress(text)).toThrow(new Error(message))
    else expect(Buffer.from(parseAddress(text).bytes).toString('hex')).toBe(hex)
  })
})

describe('paths', () => {
  it.each(answers.join)('joins %j to %j', (parts, path) => {
    expect(joinPath(parts)).toBe(path)
  })

  it.each([
    ['C:\\a\\..\\b/c', 'C:\\b\\c'],
    ['C:', 'C:.'],
    ['\\\\host\\share\\a\\..', '\\\\host\\share\\'],
    ['', '.'],
  ])('cleans %s as on Windows', (path, cleaned) => {
    expect(cleanPath(path, '\\')).toBe(cleaned)
  })
})

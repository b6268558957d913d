import { describe, expect, it } from 'vitest'
import { Secret } from '../../src/eval/secret.ts'
import { credential, headers, identifiedHeaders, urlString } from '../../src/schema/veiled.ts'

describe('veiled types', () => {
  it.each([
    ['http://u:hush@h/p?q=1', 'http://u:xxxxx@h/p?q=1'],
    ['http://u:hu/sh@h', 'http://xxxxx@h'],
    ['http://u@h/', 'http://u@h/'],
    ['HTTP://h:80/p@th', 'HTTP://h:80/p@th'],
  ])('show %s as %s, and pass it on', (written, shown) => {
    const normal = urlString.normalize(written)
    expect(urlString.show?.(normal)).toBe(shown)
    expect(urlString.decode(normal)).toBe(written)
  })

  it('show credentials as secrets, but none as none', () => {
    expect(credential.show?.(credential.normalize('hush'))).toBeInstanceOf(Secret)
    expect(credential.show?.(credential.normalize(''))).toBe('')
    expect(credential.decode(credential.normalize('hush'))).toBe('hush')
  })

  it('show headers but not those of credentials, and pass them on', () => {
    const written = new Map([
      ['Authorization', 'Bearer hush'],
      ['X-Scope-OrgID', '1'],
    ])
    const normal = headers.normalize(written)
    const shown = headers.show?.(normal) as Map<string, unknown>
    expect(shown.get('Authorization')).toBeInstanceOf(Secret)
    expect(shown.get('X-Scope-OrgID')).toBe('1')
    expect(headers.decode(normal)).toEqual(written)
  })

  it('show the headers that a running program adds', () => {
    const normal = identifiedHeaders.normalize(new Map([['Cookie', 'hush']]))
    const shown = identifiedHeaders.show?.(normal, { uid: '1-2' })
    expect(shown).toEqual(
      new Map<string, unknown>([
        ['Cookie', new Secret('')],
        ['X-Agent-Id', '1-2'],
        ['X-Alloy-Id', '1-2'],
      ]),
    )
    expect(identifiedHeaders.show?.(normal)).toEqual(headers.show?.(normal))
  })
})

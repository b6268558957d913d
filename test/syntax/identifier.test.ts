import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIdentifier, sanitizeIdentifier } from '../../src/syntax/identifier.ts'

describe('identifiers', () => {
  it.each(['a', '_', 'a1', 'é', 'a۰', 'nulls'])('accepts %s', (text) => {
    expect(isIdentifier(text)).toBe(true)
  })

  it.each(['', '1a', 'a-b', 'a ', ' a', 'true', 'false', 'null', 'a.b'])('refuses %j', (text) => {
    expect(isIdentifier(text)).toBe(false)
  })

  it.each([
    ['a-b c', 'a_b_c'],
    ['1a', '_1a'],
    ['é!', 'é_'],
    ['😀', '_'],
  ])('turns %j into %j', (text, expected) => {
    expect(sanitizeIdentifier(text)).toBe(expected)
  })

  it('cannot make anything of nothing', () => {
    expect(() => sanitizeIdentifier('')).toThrow(
      'cannot generate a new identifier for an empty string',
    )
  })

  it('makes identifiers of everything but keywords', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => {
        const name = sanitizeIdentifier(text)
        expect(isIdentifier(name) || ['true', 'false', 'null'].includes(name)).toBe(true)
      }),
    )
  })
})

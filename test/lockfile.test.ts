import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly hasInstallScript?: boolean
  readonly optional?: boolean
  readonly engines?: { readonly node?: string }
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const packages: Readonly<Record<string, Locked>> = JSON.parse(readFileSync(file, 'utf8')).packages
const entries = Object.entries(packages).filter(([path]) => path !== '')

/** Whether a range of package.json's `engines.node` takes Node 20.19. */
function takesNode20(range: string): boolean {
  return range.split('||').some((alternative) =>
    alternative
      .trim()
      .split(/\s+(?![\d])/)
      .every((part) => {
        const [, operator = '', major = '0', minor = '0'] =
          /^(>=|<=|>|<|\^|~|=)?\s*v?(\d+)(?:\.(\d+))?/.exec(part.trim()) ?? []
        if (part.trim() === '*' || part.trim() === '') return true
        const version = Number(major) * 1000 + Number(minor)
        switch (operator) {
          case '>=':
            return version <= 20_019
          case '>':
            return version < 20_019
          case '<':
            return version > 20_019
          case '<=':
            return version >= 20_000
          case '^':
            return Number(major) === 20 && Number(minor) <= 19
          default:
            return Number(major) === 20
        }
      }),
  )
}

describe('package-lock.json', () => {
  it('carries no download addresses', () => {
    expect(entries.filter(([, locked]) => locked.resolved).map(([path]) => path)).toEqual([])
  })

  it('needs no install script', () => {
    const scripted = entries.filter(
      ([path, locked]) => locked.hasInstallScript && !path.endsWith('/fsevents'),
    )
    expect(scripted.map(([path]) => path)).toEqual([])
  })

  it('runs on the oldest Node that we promise', () => {
    const newer = entries.filter(([, { engines }]) => engines?.node && !takesNode20(engines.node))
    expect(newer.map(([path, { engines }]) => `${path} ${engines?.node}`)).toEqual([])
  })

  it('holds the optional binaries of every platform', () => {
    const wanted = entries.flatMap(([, locked]) =>
      Object.entries(locked.optionalDependencies ?? {}),
    )
    const has = ([name, range]: readonly [string, string]) =>
      entries.some(
        ([path, { version }]) =>
          path.endsWith(`node_modules/${name}`) && (!/^\d/.test(range) || version === range),
      )
    expect(wanted.filter((entry) => !has(entry))).toEqual([])
  })

  it.each([
    ['>=18', true],
    ['^20.19.0 || >=22.12.0', true],
    ['>=22', false],
    ['>= 14.6', true],
    ['^18 || ^22', false],
    ['>=16 <20', false],
    ['^16 || ^18 || >=20', true],
  ])('reads the range %s', (range, expected) => {
    expect(takesNode20(range)).toBe(expected)
  })
})

import { describe, expect, it } from 'vitest'
import { normalizeBooleans } from '../../src/cli/flags.ts'

const flags = {
  on: { type: 'boolean', allowNo: true },
  write: { type: 'boolean' },
  text: { type: 'option' },
}

describe('boolean flags', () => {
  it.each<[string[], string[]]>([
    [
      ['--write=true', '--write=1'],
      ['--write', '--write'],
    ],
    [['--write=false', 'x'], ['x']],
    [['--on=F'], ['--no-on']],
    [
      ['--text=false', '--other=false'],
      ['--text=false', '--other=false'],
    ],
    [
      ['--', '--write=true'],
      ['--', '--write=true'],
    ],
  ])('%j becomes %j', (args, expected) => {
    expect(normalizeBooleans(args, flags)).toEqual(expected)
  })

  it('refuses other values', () => {
    expect(() => normalizeBooleans(['--write=legacy'], flags)).toThrow(
      'invalid argument "legacy" for "--write" flag: strconv.ParseBool: parsing "legacy": invalid syntax',
    )
  })
})

import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../src/cli/flags.ts'

const flags = {
  on: { type: 'boolean', allowNo: true },
  write: { type: 'boolean', char: 'w' },
  test: { type: 'boolean', char: 't' },
  text: { type: 'option' },
  format: { type: 'option', char: 'f' },
}

describe('readCommandLine', () => {
  it.each<[string, string]>([
    ['--write=true a', '--write -- a'],
    ['a --write=1 b', '--write -- a b'],
    ['--write=false x', '-- x'],
    ['--write --write=f', '--'],
    ['--on=F', '--no-on --'],
    ['--on=F --on', '--on --'],
    ['--text=false', '--text=false --'],
    ['--text a=b', '--text=a=b --'],
    ['--text= a', '--text= -- a'],
    ['--text --write a', '--text=--write -- a'],
    ['--text=1 --text=2', '--text=2 --'],
    ['-- --write=true', '-- --write=true'],
    ['-wt -', '--write --test -- -'],
    ['-tw=false', '--test --'],
    ['-wfjson', '--write --format=json --'],
    ['-f json', '--format=json --'],
    ['-f=json', '--format=json --'],
    ['--help=false a', '-- a'],
  ])('%s becomes %s', (line, expected) => {
    expect(readCommandLine(line.split(' '), flags)).toEqual({
      asksHelp: false,
      words: expected.split(' '),
    })
  })

  it.each(['--help', '-h', 'a --help=true', '-wh'])('%s asks for help', (line) => {
    expect(readCommandLine(line.split(' '), flags).asksHelp).toBe(true)
  })

  it.each<[string, string]>([
    ['--nope x', 'unknown flag: --nope'],
    ['--constructor=x', 'unknown flag: --constructor'],
    ['--__proto__', 'unknown flag: --__proto__'],
    ['--no-on', 'unknown flag: --no-on'],
    ['--=x', 'bad flag syntax: --=x'],
    ['-x x', "unknown shorthand flag: 'x' in -x"],
    ['-wxy', "unknown shorthand flag: 'x' in -xy"],
    ['--text', 'flag needs an argument: --text'],
    ['-wf', "flag needs an argument: 'f' in -f"],
    [
      '--on=legacy',
      'invalid argument "legacy" for "--on" flag: strconv.ParseBool: parsing "legacy": invalid syntax',
    ],
    [
      '--help=maybe',
      'invalid argument "maybe" for "-h, --help" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
  ])('refuses %s', (line, message) => {
    expect(() => readCommandLine(line.split(' '), flags)).toThrow(message)
  })
})

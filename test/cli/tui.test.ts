import { describe, expect, it } from 'vitest'
import { CommandLineError } from '../../src/cli/failure.ts'
import { hasUtf8, runTui, wantsColor } from '../../src/cli/tui.ts'

describe('UTF-8', () => {
  it.each([
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'de_DE.utf8' }, true],
    [{ LANG: 'C' }, false],
    [{}, false],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    [{ LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }, true],
  ])('%j', (environment, expected) => {
    expect(hasUtf8(environment)).toBe(process.platform === 'win32' || expected)
  })
})

describe('colour', () => {
  it.each([
    [{}, true],
    [{ NO_COLOR: '1' }, false],
    [{ NO_COLOR: '' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    [{ TERM: 'dumb' }, false],
  ])('%j', (environment, expected) => {
    expect(wantsColor(environment)).toBe(expected)
  })
})

const options = {
  url: '127.0.0.1:9',
  isInsecure: false,
  environment: {},
  intervalMs: 1000,
  once: true,
  json: false,
  filter: '',
  ascii: false,
  color: false,
}

it.each([
  ['nothing answers', {}, 69],
  ['the interval is too long', { intervalMs: 61_000 }, 2],
  ['a file cannot be read', { bearerFile: '/nonexistent/token' }, 2],
])('says with its exit code that %s', async (_, extra, exitCode) => {
  const error = await runTui({ ...options, ...extra }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(CommandLineError)
  expect(error).toMatchObject({ exitCode })
})

import { describe, expect, it } from 'vitest'
import { type FileReader, hashSources, readSources } from '../../src/engine/sources.ts'

/** A file system of these paths; a directory is what other paths begin with. */
function filesOf(contents: Record<string, string | number[]>): FileReader {
  return {
    stat: async (path) => {
      if (path in contents) return 'file'
      if (Object.keys(contents).some((name) => name.startsWith(`${path}/`))) return 'directory'
      throw new Error(`stat ${path}: no such file or directory`)
    },
    read: async (path) => Uint8Array.from(Buffer.from(contents[path] ?? '')),
    files: async (directory) =>
      Object.keys(contents)
        .filter((name) => name.startsWith(`${directory}/`))
        .map((name) => name.slice(directory.length + 1))
        .filter((name) => !name.includes('/')),
  }
}

const names = async (path: string, contents: Record<string, string | number[]>) =>
  (await readSources(path, filesOf(contents))).map(({ name }) => name)

describe('readSources', () => {
  it('reads one file, whatever its name', async () => {
    expect(await names('c.txt', { 'c.txt': '' })).toEqual(['c.txt'])
  })

  it('reads the *.alloy files of a directory in the order of names, none below it', async () => {
    const contents = { 'd/b.alloy': '', 'd/a.alloy': '', 'd/c.txt': '', 'd/x/z.alloy': '' }
    expect(await names('d', contents)).toEqual(['d/a.alloy', 'd/b.alloy'])
  })

  it.each([
    ['UTF-16, little endian', [0xff, 0xfe, 0x61, 0], 'UTF16LittleEndian'],
    ['UTF-16, big endian', [0xfe, 0xff, 0, 0x61], 'UTF16BigEndian'],
    ['UTF-32, little endian', [0xff, 0xfe, 0, 0, 0x61], 'UTF32LittleEndian'],
    ['UTF-32, big endian', [0, 0, 0xfe, 0xff, 0x61], 'UTF32BigEndian'],
  ])('refuses %s', async (_, bytes, encoding) => {
    await expect(names('c', { c: bytes })).rejects.toThrow(
      `configuration is encoded with ${encoding} but must be utf8`,
    )
  })

  it('refuses bytes that are not UTF-8, and takes its mark', async () => {
    await expect(names('c', { c: [0x61, 0xff] })).rejects.toThrow('unknown encoding for config')
    expect(await names('c', { c: [0xef, 0xbb, 0xbf, 0x61] })).toEqual(['c'])
  })
})

describe('hashSources', () => {
  it('is the SHA-256 of the contents one after another', async () => {
    const split = await readSources('d', filesOf({ 'd/b.alloy': 'lo', 'd/a.alloy': 'hel' }))
    const whole = await readSources('c', filesOf({ c: 'hello' }))
    expect(hashSources(split)).toBe(hashSources(whole))
    expect(hashSources(whole)).toBe(
      '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    )
  })
})

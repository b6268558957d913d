import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Host, hostOf } from '../../../../../src/components/prometheus/exporter/unix/host.ts'
import {
  pathArguments,
  type Tree,
  unixArguments,
  withDirectory,
  writeTree,
} from '../../../../support/unix_tree.ts'

function onHost<T>(tree: Tree, use: (host: Host, root: string) => Promise<T>): Promise<T> {
  return withDirectory(async (root) => {
    writeTree(root, tree)
    return await use(hostOf(unixArguments(pathArguments(root))), root)
  })
}

it('reads files that are longer than one read', async () => {
  const text = 'x'.repeat(200_000)
  expect(await onHost({ 'proc/a': text }, (host) => host.read(host.proc('a')))).toBe(text)
})

it('reads files of /proc, which have no size', async () => {
  expect(await onHost({}, (host) => host.read('/proc/self/stat'))).toContain(`${process.pid} (`)
})

it('keeps bytes that are no UTF-8', async () => {
  const text = await onHost({}, async (host, root) => {
    const { writeFileSync } = await import('node:fs')
    writeFileSync(join(root, 'a'), Buffer.from([0x61, 0xff]))
    return await host.read(join(root, 'a'))
  })
  expect(text).toBe('a\udcff')
})

it('refuses a file without end', async () => {
  await expect(onHost({}, (host) => host.read('/dev/zero'))).rejects.toThrow(
    '/dev/zero has more than 16777216 bytes',
  )
})

it.each([
  ['a value without blanks around', ' 42 \n', '42'],
  ['nothing for what is not there', undefined, undefined],
])('attribute gives %s', async (_, text, expected) => {
  const tree: Tree = text === undefined ? {} : { 'sys/a': text }
  expect(await onHost(tree, (host) => host.attribute(host.sys('a')))).toBe(expected)
})

it('attribute gives nothing where reading fails', async () => {
  expect(await onHost({ 'sys/a/b': '' }, (host) => host.attribute(host.sys('a')))).toBeUndefined()
})

it('glance gives the first page at once, nothing where there is none', async () => {
  await onHost({ 'proc/a': 'x'.repeat(5000), 'proc/b/c': '' }, async (host) => {
    expect(host.glance(host.proc('a'))).toBe('x'.repeat(4096))
    expect(host.glance(host.proc('b'))).toBeUndefined()
    expect(host.glance(host.proc('missing'))).toBeUndefined()
  })
})

it('readIfAny tells a missing file from one that cannot be read', async () => {
  await onHost({ 'proc/a/b': '' }, async (host) => {
    expect(await host.readIfAny(host.proc('missing'))).toBeUndefined()
    expect(await host.readIfAny(host.proc('a/b/c'))).toBeUndefined()
    await expect(host.readIfAny(host.proc('a'))).rejects.toThrow('EISDIR')
  })
})

it('lists names in order, none where there is no directory', async () => {
  await onHost({ 'sys/b': '', 'sys/a': '', 'sys/c/d': '' }, async (host) => {
    expect(await host.list(host.sys('.'))).toEqual(['a', 'b', 'c'])
    expect(await host.listIfAny(host.sys('missing'))).toEqual([])
    await expect(host.list(host.sys('missing'))).rejects.toThrow('ENOENT')
    expect(await host.isDirectory(host.sys('c'))).toBe(true)
    expect(await host.isDirectory(host.sys('a'))).toBe(false)
  })
})

it('follows links', async () => {
  await onHost({ 'sys/real/a': '' }, async (host, root) => {
    symlinkSync('real', join(root, 'sys/link'))
    expect(await host.linkTarget(host.sys('link'))).toBe('real')
    expect(await host.linkTarget(host.sys('real'))).toBeUndefined()
    expect(await host.realPath(host.sys('link/a'))).toMatch(/\/sys\/real\/a$/)
    expect(await host.realPath(host.sys('gone'))).toBeUndefined()
  })
})

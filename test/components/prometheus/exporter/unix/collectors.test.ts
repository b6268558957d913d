import { describe, expect, it } from 'vitest'
import {
  buildCollectors,
  chosenCollectors,
  registered,
} from '../../../../../src/components/prometheus/exporter/unix/collectors.ts'
import { declaration } from '../../../../../src/components/prometheus/exporter/unix.ts'
import { silentLogger } from '../../../../../src/model/logger.ts'
import { unixArguments } from '../../../../support/unix_tree.ts'

const defaults = Object.keys(registered).filter((name) => registered[name]?.isDefault)

describe('chosenCollectors', () => {
  it.each([
    ['the default ones', '', defaults],
    ['those that are set', 'set_collectors = ["mdadm", "loadavg"]', ['loadavg', 'mdadm']],
    [
      'others besides',
      'set_collectors = ["mdadm"]\nenable_collectors = ["ksmd"]',
      ['ksmd', 'mdadm'],
    ],
    ['fewer', 'disable_collectors = ["loadavg"]', defaults.filter((name) => name !== 'loadavg')],
    [
      'what is disabled and enabled',
      'set_collectors = ["mdadm"]\ndisable_collectors = ["mdadm"]\nenable_collectors = ["mdadm"]',
      ['mdadm'],
    ],
    ['nothing for unknown names', 'set_collectors = ["nope", "toString"]', []],
  ])('takes %s', (_, body, expected) => {
    expect(chosenCollectors(unixArguments(body))).toEqual(expected)
  })

  it('knows its names in order', () => {
    expect(Object.keys(registered)).toEqual(Object.keys(registered).sort())
  })
})

it('says in its documentation what it cannot collect', () => {
  const missing = Object.keys(registered).filter(
    (name) => typeof registered[name]?.build === 'string',
  )
  const { enable_collectors } = declaration.arguments.fields
  expect(enable_collectors.doc).toContain(`native code: ${missing.join(', ')}.`)
})

describe('buildCollectors', () => {
  const names = async (body: string) => {
    return (await buildCollectors(unixArguments(body), silentLogger)).map(({ name }) => name)
  }

  it('gives each its name', async () => {
    const possible = defaults.filter((name) => typeof registered[name]?.build === 'function')
    expect(await names('')).toEqual(possible)
  })

  it.each(['set_collectors', 'enable_collectors'])(
    'refuses what cannot be collected here, where %s asks for it',
    async (argument) => {
      await expect(names(`${argument} = ["ethtool"]`)).rejects.toThrow(
        'cannot collect ethtool: drivers tell their statistics by ioctl only, which needs native code',
      )
    },
  )

  it.each([
    [
      'procfs_path = "/nonexistent"',
      'failed to open procfs: could not read "/nonexistent": stat /nonexistent: no such file or directory',
    ],
    [
      'sysfs_path = "/nonexistent"',
      'failed to open sysfs: could not read "/nonexistent": stat /nonexistent: no such file or directory',
    ],
    [
      'procfs_path = "/dev/null"',
      'failed to open procfs: mount point "/dev/null" is not a directory',
    ],
  ])('refuses %s', async (body, message) => {
    await expect(names(body)).rejects.toThrow(message)
  })

  it('needs no file systems where it collects nothing', async () => {
    expect(await names('procfs_path = "/nonexistent"\nset_collectors = ["nope"]')).toEqual([])
  })
})

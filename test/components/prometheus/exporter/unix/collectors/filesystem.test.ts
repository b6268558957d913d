import { statfs } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { filesystem } from '../../../../../../src/components/prometheus/exporter/unix/collectors/filesystem.ts'
import { hostOf } from '../../../../../../src/components/prometheus/exporter/unix/host.ts'
import { silentLogger } from '../../../../../../src/model/logger.ts'
import { MetricPage } from '../../../../../../src/wire/exposition/metric_page.ts'
import {
  pathArguments,
  samplesOf,
  unixArguments,
  withDirectory,
  writeTree,
} from '../../../../../support/unix_tree.ts'

const mountinfo = `22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
28 27 0:25 / /mnt/with\\040blank ro,nosuid - tmpfs none rw,size=4k
28 27 0:25 / /mnt/super rw - xfs /dev/sdb ro
29 27 0:25 / /gone rw - ext4 /dev/sdc rw
30 27 0:25 / /gone rw - ext4 /dev/sdc rw
`
const tree = {
  'proc/1/mountinfo': mountinfo,
  'mnt/with blank/file': '',
  'mnt/super/file': '',
}

it('gives each mount once, with what may not be written to', async () => {
  const samples = await samplesOf(filesystem, tree)
  expect(samples.filter((line) => /readonly|error/.test(line))).toEqual([
    'node_filesystem_device_error{device="/dev/sdb",fstype="xfs",mountpoint="/mnt/super"} 0',
    'node_filesystem_device_error{device="/dev/sdc",fstype="ext4",mountpoint="/gone"} 1',
    'node_filesystem_device_error{device="/dev/vda",fstype="ext4",mountpoint="/"} 0',
    'node_filesystem_device_error{device="none",fstype="tmpfs",mountpoint="/mnt/with blank"} 0',
    'node_filesystem_readonly{device="/dev/sdb",fstype="xfs",mountpoint="/mnt/super"} 1',
    'node_filesystem_readonly{device="/dev/vda",fstype="ext4",mountpoint="/"} 0',
    'node_filesystem_readonly{device="none",fstype="tmpfs",mountpoint="/mnt/with blank"} 1',
  ])
})

it('tells sizes in bytes', async () => {
  const { blocks, bsize, files } = await statfs('/tmp')
  const samples = await samplesOf(filesystem, tree)
  const value = (name: string) => {
    return Number(
      samples.find((line) => line.startsWith(`${name}{device="/dev/vda"`))?.split(' ')[1],
    )
  }
  expect(value('node_filesystem_size_bytes')).toBe(blocks * bsize)
  expect(value('node_filesystem_files')).toBe(files)
  expect(value('node_filesystem_free_bytes')).toBeGreaterThanOrEqual(
    value('node_filesystem_avail_bytes'),
  )
})

it.each([
  ['fs_types_exclude = "^(ext4|tmpfs|proc)$"', ['/mnt/super']],
  ['mount_points_exclude = "^/(mnt|gone|proc)"', ['/']],
])('%s', async (block, mountpoints) => {
  const samples = await samplesOf(filesystem, tree, { args: `filesystem {\n${block}\n}` })
  const errors = samples.filter((line) => line.startsWith('node_filesystem_device_error'))
  expect(errors.map((line) => /mountpoint="([^"]*)"/.exec(line)?.[1])).toEqual(mountpoints)
})

it('takes our own view where there is no other', async () => {
  const samples = await samplesOf(filesystem, { 'proc/self/mountinfo': mountinfo })
  expect(samples.length).toBeGreaterThan(0)
})

it('shows mount points below the root of the machine without it', async () => {
  const seen = await withDirectory(async (root) => {
    writeTree(root, {
      'proc/1/mountinfo': `27 1 0:1 / ${root} rw - ext4 /dev/vda rw\n28 1 0:1 / ${root}/data rw - ext4 /dev/vdb rw\n`,
      'data/file': '',
    })
    const args = unixArguments(pathArguments(root))
    const collector = await filesystem({ args, host: hostOf(args), logger: silentLogger })
    const page = new MetricPage()
    await collector.collect(page)
    return page.text()
  })
  const points = [...seen.matchAll(/size_bytes\{.*mountpoint="([^"]*)"/g)].map((match) => match[1])
  expect(points).toEqual(['/', '/data'])
})

it('refuses a pattern that is none', async () => {
  const args = 'filesystem {\n fs_types_exclude = "(a"\n}'
  await expect(samplesOf(filesystem, tree, { args })).rejects.toThrow('missing closing )')
})

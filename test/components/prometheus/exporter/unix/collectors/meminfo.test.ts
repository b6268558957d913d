import { expect, it } from 'vitest'
import { meminfo } from '../../../../../../src/components/prometheus/exporter/unix/collectors/meminfo.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('names fields as in the file, with kB as bytes', async () => {
  const text =
    'MemTotal:        3742148 kB\nActive(anon):    2019992 kB\nHugePages_Total:       3\n'
  expect(await samplesOf(meminfo, { 'proc/meminfo': text })).toEqual([
    'node_memory_Active_anon_bytes 2.068471808e+09',
    'node_memory_HugePages_Total 3',
    'node_memory_MemTotal_bytes 3.831959552e+09',
  ])
})

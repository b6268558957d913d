import { expect, it } from 'vitest'
import { zfs } from '../../../../../../src/components/prometheus/exporter/unix/collectors/zfs.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const head = '6 1 0x01 91 4368 1 2\nname                            type data\n'

it('gives numbers by file and pool', async () => {
  const tree = {
    'proc/spl/kstat/zfs/arcstats': `${head}hits 4 8772612\nmemory_available_bytes 3 -5\nname 7 text\n`,
    'proc/spl/kstat/zfs/fm': `${head}erpt-dropped 4 18\n`,
    'proc/spl/kstat/zfs/unknown': `${head}x 4 1\n`,
    'proc/spl/kstat/zfs/tank/io': '12 3\nnread nwritten\n188 320\n',
    'proc/spl/kstat/zfs/tank/objset-0x2': `${head}dataset_name 7    tank/a  b\nreads 4 2\n`,
    'proc/spl/kstat/zfs/tank/state': 'DEGRADED\n',
  }
  const samples = await samplesOf(zfs, tree)
  expect(samples.filter((line) => !line.endsWith(' 0'))).toEqual([
    'node_zfs_arc_hits 8.772612e+06',
    'node_zfs_arc_memory_available_bytes -5',
    'node_zfs_fm_erpt_dropped 18',
    'node_zfs_zpool_dataset_reads{dataset="tank/a  b",zpool="tank"} 2',
    'node_zfs_zpool_nread{zpool="tank"} 188',
    'node_zfs_zpool_nwritten{zpool="tank"} 320',
    'node_zfs_zpool_state{state="degraded",zpool="tank"} 1',
  ])
  expect(samples.filter((line) => line.includes('state=')).length).toBe(7)
})

it('has no data without ZFS', async () => {
  await expect(samplesOf(zfs, {})).rejects.toThrow('collector returned no data')
})

import { expect, it } from 'vitest'
import { bcachefs } from '../../../../../../src/components/prometheus/exporter/unix/collectors/bcachefs.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives counters, devices and compression', async () => {
  const path = 'sys/fs/bcachefs/dead-beef'
  const tree = {
    [`${path}/btree_cache_size`]: '2.05G\n',
    [`${path}/counters/copygc`]:
      'since mount:                   7\nsince filesystem creation:     424790\n',
    [`${path}/btree_write_stats`]:
      '                   nr        size\ninitial:           3298401   28.2k\n',
    [`${path}/compression_stats`]:
      'typetype compressed uncompressed average extent size\nlz4 48.9G 71.2G 62.5k\n',
    [`${path}/dev-4/label`]: 'disk-4\n',
    [`${path}/dev-4/state`]: '[rw] ro evacuating spare \n',
    [`${path}/dev-4/bucket_size`]: '2.00M\n',
    [`${path}/dev-4/nbuckets`]: '953864\n',
    [`${path}/dev-4/durability`]: '1\n',
    [`${path}/dev-4/io_errors`]:
      'IO errors since filesystem creation\n  read:    18828\n  checksum:5\nIO errors since 8 y ago\n  read:    7\n',
  }
  expect(
    (await samplesOf(bcachefs, tree)).map((line) => line.replace('node_bcachefs_', '')),
  ).toEqual([
    'btree_cache_size_bytes{uuid="dead-beef"} 2.201170739e+09',
    'btree_write_average_size_bytes{type="initial",uuid="dead-beef"} 28876',
    'btree_writes_total{type="initial",uuid="dead-beef"} 3.298401e+06',
    'compression_compressed_bytes{algorithm="lz4",uuid="dead-beef"} 5.2505975193e+10',
    'compression_uncompressed_bytes{algorithm="lz4",uuid="dead-beef"} 7.6450417868e+10',
    'copygc_total{uuid="dead-beef"} 424790',
    'device_bucket_size_bytes{device="4",uuid="dead-beef"} 2.097152e+06',
    'device_buckets{device="4",uuid="dead-beef"} 953864',
    'device_durability{device="4",uuid="dead-beef"} 1',
    'device_info{device="4",label="disk-4",state="[rw] ro evacuating spare",uuid="dead-beef"} 1',
    'device_io_errors_total{device="4",type="checksum",uuid="dead-beef"} 5',
    'device_io_errors_total{device="4",type="read",uuid="dead-beef"} 18828',
    'info{uuid="dead-beef"} 1',
  ])
})

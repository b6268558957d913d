import { expect, it } from 'vitest'
import { entropy } from '../../../../../../src/components/prometheus/exporter/unix/collectors/entropy.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives what is there and what there may be', async () => {
  const tree = {
    'proc/sys/kernel/random/entropy_avail': '1337\n',
    'proc/sys/kernel/random/poolsize': '4096\n',
  }
  expect(await samplesOf(entropy, tree)).toEqual([
    'node_entropy_available_bits 1337',
    'node_entropy_pool_size_bits 4096',
  ])
})

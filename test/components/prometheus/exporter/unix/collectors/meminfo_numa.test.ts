import { expect, it } from 'vitest'
import { meminfoNuma } from '../../../../../../src/components/prometheus/exporter/unix/collectors/meminfo_numa.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives memory and allocations of each node', async () => {
  const tree = {
    'sys/devices/system/node/node1/meminfo':
      'Node 1 Active(anon):   10 kB\nNode 1 HugePages_Free: 2\n',
    'sys/devices/system/node/node1/numastat': 'numa_hit 193460335812\n',
    'sys/devices/system/node/online': '1\n',
  }
  expect(await samplesOf(meminfoNuma, tree)).toEqual([
    'node_memory_numa_Active_anon{node="1"} 10240',
    'node_memory_numa_HugePages_Free{node="1"} 2',
    'node_memory_numa_numa_hit_total{node="1"} 1.93460335812e+11',
  ])
})

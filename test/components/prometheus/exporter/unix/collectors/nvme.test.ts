import { expect, it } from 'vitest'
import { nvme } from '../../../../../../src/components/prometheus/exporter/unix/collectors/nvme.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const controller = {
  'sys/class/nvme/nvme0/model': 'Fast Disk   \n',
  'sys/class/nvme/nvme0/serial': 'S1\n',
  'sys/class/nvme/nvme0/firmware_rev': '1B\n',
  'sys/class/nvme/nvme0/state': 'live\n',
}

it('tells controllers', async () => {
  expect(await samplesOf(nvme, controller)).toEqual([
    'node_nvme_info{device="nvme0",firmware_revision="1B",model="Fast Disk",serial="S1",state="live"} 1',
  ])
})

it('tells namespaces in bytes', async () => {
  const namespace = {
    'sys/class/nvme/nvme0/nvme0n1/ana_state': 'optimized\n',
    'sys/class/nvme/nvme0/nvme0n1/size': '1000\n',
    'sys/class/nvme/nvme0/nvme0n1/nuse': '10\n',
    'sys/class/nvme/nvme0/nvme0n1/queue/logical_block_size': '4096\n',
    'sys/class/nvme/nvme0/nvme0c1n2/queue/logical_block_size': '512\n',
  }
  expect((await samplesOf(nvme, { ...controller, ...namespace })).slice(1)).toEqual([
    'node_nvme_namespace_capacity_bytes{device="nvme0",nsid="1"} 4.096e+06',
    'node_nvme_namespace_info{ana_state="optimized",device="nvme0",nsid="1"} 1',
    'node_nvme_namespace_info{ana_state="unknown",device="nvme0",nsid="2"} 1',
    'node_nvme_namespace_logical_block_size_bytes{device="nvme0",nsid="1"} 4096',
    'node_nvme_namespace_logical_block_size_bytes{device="nvme0",nsid="2"} 512',
    'node_nvme_namespace_used_bytes{device="nvme0",nsid="1"} 40960',
  ])
})

import { expect, it } from 'vitest'
import { pageSizeBytes } from '../../../../../../src/components/prometheus/exporter/process/linux_auxv.ts'
import { sockstat } from '../../../../../../src/components/prometheus/exporter/unix/collectors/sockstat.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const text = 'sockets: used 229\nTCP: inuse 4 orphan 0 mem 2\nFRAG: inuse 0 memory 3\n'

it('counts sockets by protocol and state', async () => {
  const tree = { 'proc/net/sockstat': text, 'proc/net/sockstat6': 'TCP6: inuse 17\n' }
  expect(await samplesOf(sockstat, tree)).toEqual([
    'node_sockstat_FRAG_inuse 0',
    'node_sockstat_FRAG_memory 3',
    'node_sockstat_TCP6_inuse 17',
    'node_sockstat_TCP_inuse 4',
    'node_sockstat_TCP_mem 2',
    `node_sockstat_TCP_mem_bytes ${String(2 * pageSizeBytes())}`,
    'node_sockstat_TCP_orphan 0',
    'node_sockstat_sockets_used 229',
  ])
})

it('works without IPv6', async () => {
  expect((await samplesOf(sockstat, { 'proc/net/sockstat': text })).length).toBe(7)
})

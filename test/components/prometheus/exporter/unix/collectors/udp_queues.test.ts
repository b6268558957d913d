import { expect, it } from 'vitest'
import { udpQueues } from '../../../../../../src/components/prometheus/exporter/unix/collectors/udp_queues.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt\n'
const socket = (queues: string) => `   0: 00000000:0016 00000000:0000 0A ${queues} 00:00000000 0\n`

it('sums up the queues of all sockets', async () => {
  const tree = {
    'proc/net/udp': head + socket('00000015:00000001') + socket('00000001:000000ff'),
    'proc/net/udp6': head,
  }
  expect(await samplesOf(udpQueues, tree)).toEqual([
    'node_udp_queues{ip="v4",queue="rx"} 256',
    'node_udp_queues{ip="v4",queue="tx"} 22',
    'node_udp_queues{ip="v6",queue="rx"} 0',
    'node_udp_queues{ip="v6",queue="tx"} 0',
  ])
})

it('works without IPv6, and not without any', async () => {
  expect((await samplesOf(udpQueues, { 'proc/net/udp': head })).length).toBe(2)
  await expect(samplesOf(udpQueues, {})).rejects.toThrow('collector returned no data')
})

it('refuses a socket without queues', async () => {
  const broken = samplesOf(udpQueues, { 'proc/net/udp': `${head}  1: a b c\n` })
  await expect(broken).rejects.toThrow('cannot read the socket "1: a b c"')
})

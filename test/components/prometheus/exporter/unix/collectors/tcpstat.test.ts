import { expect, it } from 'vitest'
import { tcpstat } from '../../../../../../src/components/prometheus/exporter/unix/collectors/tcpstat.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr\n'
const line = (state: string, queues: string) =>
  `   0: 0100007F:0016 00000000:0000 ${state} ${queues} 00\n`

it('counts connections of both versions by state', async () => {
  const tree = {
    'proc/net/tcp': head + line('0A', '00000000:00000001') + line('01', '00000010:00000000'),
    'proc/net/tcp6': head + line('01', '00000001:00000000'),
  }
  expect(await samplesOf(tcpstat, tree)).toEqual([
    'node_tcp_connection_states{state="established"} 2',
    'node_tcp_connection_states{state="listen"} 1',
    'node_tcp_connection_states{state="rx_queued_bytes"} 1',
    'node_tcp_connection_states{state="tx_queued_bytes"} 17',
  ])
})

it('refuses a state that is none', async () => {
  const broken = samplesOf(tcpstat, { 'proc/net/tcp': head + line('7F', '0:0') })
  await expect(broken).rejects.toThrow('cannot read the connection')
})

import { expect, it } from 'vitest'
import { mountstats } from '../../../../../../src/components/prometheus/exporter/unix/collectors/mountstats.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

function mount(device: string, xprt: string, options = 'rw,vers=4.0'): string {
  return `device ${device} mounted on /mnt/test with fstype nfs4 statvers=1.1
	opts:	${options}
	age:	13968
	events:	1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27
	bytes:	1 2 3 4 5 6 7 8
	RPC iostats version: 1.0  p/v: 100003/4 (nfs)
${xprt}
	per-op statistics
	        READ: 1298 1299 1 207680 1210292152 6 79386 79407
	       WRITE: 0 0 0 0 0 18446743919241604546 0 0 0

`
}
const tcp = '\txprt:\ttcp 832 1 2 3 4 5 6 7 8 9 10 11 12'

async function samples(text: string): Promise<string[]> {
  const lines = await samplesOf(mountstats, { 'proc/self/mountstats': text })
  return lines.map((line) => line.replace('node_mountstats_nfs_', ''))
}

it('gives ages, bytes and operations', async () => {
  const text = `device proc mounted on /proc with fstype proc\n${mount('10.0.0.1:/srv', tcp)}`
  const lines = await samples(text)
  const labels = 'export="10.0.0.1:/srv",mountaddr="10.0.0.1"'
  expect(lines).toContain(`age_seconds_total{${labels},protocol="tcp"} 13968`)
  expect(lines).toContain(`direct_write_bytes_total{${labels},protocol="tcp"} 4`)
  expect(lines).toContain(`event_pnfs_write_total{${labels},protocol="tcp"} 27`)
  expect(lines).toContain(`event_truncation_total{${labels},protocol="tcp"} 20`)
  expect(lines.filter((line) => line.includes('"READ"'))).toEqual([
    `operations_major_timeouts_total{${labels},operation="READ",protocol="tcp"} 1`,
    `operations_queue_time_seconds_total{${labels},operation="READ",protocol="tcp"} 0.006`,
    `operations_received_bytes_total{${labels},operation="READ",protocol="tcp"} 1.210292152e+09`,
    `operations_request_time_seconds_total{${labels},operation="READ",protocol="tcp"} 79.407`,
    `operations_requests_total{${labels},operation="READ",protocol="tcp"} 1298`,
    `operations_response_time_seconds_total{${labels},operation="READ",protocol="tcp"} 79.386`,
    `operations_sent_bytes_total{${labels},operation="READ",protocol="tcp"} 207680`,
    `operations_transmissions_total{${labels},operation="READ",protocol="tcp"} 1299`,
  ])
})

it('keeps times that run below 0 within exact numbers', async () => {
  expect(await samples(mount('10.0.0.1:/srv', tcp))).toContain(
    'operations_queue_time_seconds_total{export="10.0.0.1:/srv",mountaddr="10.0.0.1",operation="WRITE",protocol="tcp"} 9.007044786793922e+12',
  )
})

it.each([
  ['tcp 832 1 2 3 4 5 6 7 8 9 10 11 12', [1, 2, 4, 5, 6, 7, 9, 10, 11, 12]],
  ['tcp 832 1 2 3 4 5 6 7 8 9', [1, 2, 4, 5, 6, 7, 9, 0, 0, 0]],
  ['udp 832 1 5 6 7 8 9 10 11 12', [1, 0, 0, 5, 6, 7, 9, 10, 11, 12]],
  ['rdma 0 1 2 3 4 5 6 7 8 9 10 11 12 13', [1, 2, 4, 5, 6, 7, 9, 0, 0, 0]],
])('reads the transport %j', async (xprt, expected) => {
  const lines = await samples(mount('h:/x', `\txprt:\t${xprt}`))
  const values = new Map(
    lines.map((line) => [line.split('{')[0], Number(line.split(' ').at(-1))] as const),
  )
  const names = [
    'bind_total',
    'connect_total',
    'idle_time_seconds',
    'sends_total',
    'receives_total',
    'bad_transaction_ids_total',
    'backlog_queue_total',
    'maximum_rpc_slots',
    'sending_queue_total',
    'pending_queue_total',
  ]
  expect(names.map((name) => values.get(`transport_${name}`))).toEqual(expected)
})

it('numbers the connections of one mount', async () => {
  const lines = await samples(mount('h:/x', `${tcp}\n${tcp}`))
  expect(lines.filter((line) => line.startsWith('transport_bind'))).toEqual([
    'transport_bind_total{export="h:/x",mountaddr="h",protocol="tcp",transport="0"} 1',
    'transport_bind_total{export="h:/x",mountaddr="h",protocol="tcp",transport="1"} 1',
  ])
})

it('counts what is mounted twice once, by the address that mounts name', async () => {
  const twice = `${mount('h:/x', tcp, 'rw,mountaddr=10.9.8.7')}${mount('h:/x', tcp, 'ro,mountaddr=10.9.8.7')}`
  const lines = await samples(twice)
  expect(lines.filter((line) => line.startsWith('age'))).toEqual([
    'age_seconds_total{export="h:/x",mountaddr="10.9.8.7",protocol="tcp"} 13968',
  ])
})

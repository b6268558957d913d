import { expect, it } from 'vitest'
import { drbd } from '../../../../../../src/components/prometheus/exporter/unix/collectors/drbd.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const drbdText = `version: 8.4.3 (api:1/proto:86-101)
srcversion: 1A9F77B1CA5FF92235C2213

 1: cs:Connected ro:Primary/Secondary ds:UpToDate/Inconsistent C r-----
    ns:1 nr:2 dw:3 dr:4 al:5 bm:6 lo:7 pe:8 ua:9 ap:10 ep:11 wo:d oos:12
 2: cs:StandAlone ro:Secondary/Unknown ds:UpToDate/DUnknown   r-----
`

it('gives states and counts of each device', async () => {
  expect(await samplesOf(drbd, { 'proc/drbd': drbdText })).toEqual([
    'node_drbd_activitylog_writes_total{device="drbd1"} 5',
    'node_drbd_application_pending{device="drbd1"} 10',
    'node_drbd_bitmap_writes_total{device="drbd1"} 6',
    'node_drbd_connected{device="drbd1"} 1',
    'node_drbd_connected{device="drbd2"} 0',
    'node_drbd_disk_read_bytes_total{device="drbd1"} 4096',
    'node_drbd_disk_state_is_up_to_date{device="drbd1",node="local"} 1',
    'node_drbd_disk_state_is_up_to_date{device="drbd1",node="remote"} 0',
    'node_drbd_disk_state_is_up_to_date{device="drbd2",node="local"} 1',
    'node_drbd_disk_state_is_up_to_date{device="drbd2",node="remote"} 0',
    'node_drbd_disk_written_bytes_total{device="drbd1"} 3072',
    'node_drbd_epochs{device="drbd1"} 11',
    'node_drbd_local_pending{device="drbd1"} 7',
    'node_drbd_network_received_bytes_total{device="drbd1"} 2',
    'node_drbd_network_sent_bytes_total{device="drbd1"} 1024',
    'node_drbd_node_role_is_primary{device="drbd1",node="local"} 1',
    'node_drbd_node_role_is_primary{device="drbd1",node="remote"} 0',
    'node_drbd_node_role_is_primary{device="drbd2",node="local"} 0',
    'node_drbd_node_role_is_primary{device="drbd2",node="remote"} 0',
    'node_drbd_out_of_sync_bytes{device="drbd1"} 12288',
    'node_drbd_remote_pending{device="drbd1"} 8',
    'node_drbd_remote_unacknowledged{device="drbd1"} 9',
  ])
})

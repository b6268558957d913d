// drbd: replicated block devices, from /proc/drbd of DRBD 8.

import type { FamilySpec } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import { fieldsOf, numberOf } from '../proc_text.ts'

interface Measure {
  readonly family: FamilySpec
  /** By which the kernel's number is multiplied. */
  readonly unit: number
}

/** The kernel counts in KiB. */
const kibi = 1024

const measures: { readonly [key: string]: Measure } = {
  ns: {
    family: counter(
      'node_drbd_network_sent_bytes_total',
      'Total number of bytes sent via the network.',
    ),
    unit: kibi,
  },
  nr: {
    family: counter(
      'node_drbd_network_received_bytes_total',
      'Total number of bytes received via the network.',
    ),
    unit: 1,
  },
  dw: {
    family: counter(
      'node_drbd_disk_written_bytes_total',
      'Net data written on local hard disk; in bytes.',
    ),
    unit: kibi,
  },
  dr: {
    family: counter(
      'node_drbd_disk_read_bytes_total',
      'Net data read from local hard disk; in bytes.',
    ),
    unit: kibi,
  },
  al: {
    family: counter(
      'node_drbd_activitylog_writes_total',
      'Number of updates of the activity log area of the meta data.',
    ),
    unit: 1,
  },
  bm: {
    family: counter(
      'node_drbd_bitmap_writes_total',
      'Number of updates of the bitmap area of the meta data.',
    ),
    unit: 1,
  },
  lo: {
    family: gauge(
      'node_drbd_local_pending',
      'Number of open requests to the local I/O sub-system.',
    ),
    unit: 1,
  },
  pe: {
    family: gauge(
      'node_drbd_remote_pending',
      'Number of requests sent to the peer, but that have not yet been answered by the latter.',
    ),
    unit: 1,
  },
  ua: {
    family: gauge(
      'node_drbd_remote_unacknowledged',
      'Number of requests received by the peer via the network connection, but that have not ' +
        'yet been answered.',
    ),
    unit: 1,
  },
  ap: {
    family: gauge(
      'node_drbd_application_pending',
      'Number of block I/O requests forwarded to DRBD, but not yet answered by DRBD.',
    ),
    unit: 1,
  },
  ep: {
    family: gauge('node_drbd_epochs', 'Number of Epochs currently on the fly.'),
    unit: 1,
  },
  oos: {
    family: gauge(
      'node_drbd_out_of_sync_bytes',
      'Amount of data known to be out of sync; in bytes.',
    ),
    unit: kibi,
  },
}

const roleIsPrimary = gauge(
  'node_drbd_node_role_is_primary',
  'Whether the role of the node is in the primary state.',
)
const diskIsUpToDate = gauge(
  'node_drbd_disk_state_is_up_to_date',
  'Whether the disk of the node is up to date.',
)
const connected = gauge('node_drbd_connected', 'Whether DRBD is connected to the peer.')

const sides = ['local', 'remote']

export const drbd: BuildCollector = ({ host }) => ({
  name: 'drbd',
  async collect(page) {
    let device = 'unknown'
    for (const field of fieldsOf(await host.read(host.proc('drbd')))) {
      // ` 1: cs:Connected ro:Primary/Primary`
      const [, number] = /^(\d+):$/.exec(field) ?? []
      if (number !== undefined) device = `drbd${number}`
      const [, key, value = ''] = /^([a-z]+):(.+)$/.exec(field) ?? []
      if (key === undefined) continue
      const measure = Object.hasOwn(measures, key) ? measures[key] : undefined
      if (measure !== undefined) {
        page.add(measure.family, numberOf(value) * measure.unit, { device })
      } else if (key === 'cs') page.add(connected, value === 'Connected' ? 1 : 0, { device })
      else if (key === 'ro' || key === 'ds') {
        const [family, good] =
          key === 'ro' ? [roleIsPrimary, 'Primary'] : [diskIsUpToDate, 'UpToDate']
        for (const [i, state] of value.split('/').slice(0, 2).entries()) {
          page.add(family, state === good ? 1 : 0, { device, node: sides[i]! })
        }
      }
    }
  },
})

// infiniband: ports of host channel adapters.

import type {
  FamilySpec,
  MetricPage,
  PageLabels,
} from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import type { Host } from '../host.ts'
import { optionalNumber } from '../proc_text.ts'

interface Counted {
  readonly family: FamilySpec
  /** Data is counted in words of so many octets. */
  readonly unit: number
}

function counted(name: string, help: string, unit = 1): Counted {
  return { family: counter(`node_infiniband_${name}`, help), unit }
}

const dataReceived = 'Number of data octets received on all links'
const dataTransmitted = 'Number of data octets transmitted on all links'

/** By the file of a port's directory. */
const counters: { readonly [file: string]: Counted } = {
  'counters/VL15_dropped': counted(
    'vl15_dropped_total',
    'Number of incoming VL15 packets dropped due to resource limitations.',
  ),
  'counters/excessive_buffer_overrun_errors': counted(
    'excessive_buffer_overrun_errors_total',
    'Number of times that OverrunErrors consecutive flow control update periods occurred, ' +
      'each having at least one overrun error.',
  ),
  'counters/link_downed': counted(
    'link_downed_total',
    'Number of times the link failed to recover from an error state and went down',
  ),
  'counters/link_error_recovery': counted(
    'link_error_recovery_total',
    'Number of times the link successfully recovered from an error state',
  ),
  'counters/local_link_integrity_errors': counted(
    'local_link_integrity_errors_total',
    'Number of times that the count of local physical errors exceeded the threshold ' +
      'specified by LocalPhyErrors.',
  ),
  'counters/multicast_rcv_packets': counted(
    'multicast_packets_received_total',
    'Number of multicast packets received (including errors)',
  ),
  'counters/multicast_xmit_packets': counted(
    'multicast_packets_transmitted_total',
    'Number of multicast packets transmitted (including errors)',
  ),
  'counters/port_rcv_constraint_errors': counted(
    'port_constraint_errors_received_total',
    'Number of packets received on the switch physical port that are discarded',
  ),
  'counters/port_rcv_data': counted('port_data_received_bytes_total', dataReceived, 4),
  'counters/port_rcv_discards': counted(
    'port_discards_received_total',
    'Number of inbound packets discarded by the port because the port is down or congested',
  ),
  'counters/port_rcv_errors': counted(
    'port_errors_received_total',
    'Number of packets containing an error that were received on this port',
  ),
  'counters/port_rcv_packets': counted(
    'port_packets_received_total',
    'Number of packets received on all VLs by this port (including errors)',
  ),
  'counters/port_rcv_remote_physical_errors': counted(
    'port_receive_remote_physical_errors_total',
    'Number of packets marked with the EBP (End of Bad Packet) delimiter received on the port.',
  ),
  'counters/port_rcv_switch_relay_errors': counted(
    'port_receive_switch_relay_errors_total',
    'Number of packets that could not be forwarded by the switch.',
  ),
  'counters/port_xmit_constraint_errors': counted(
    'port_constraint_errors_transmitted_total',
    'Number of packets not transmitted from the switch physical port',
  ),
  'counters/port_xmit_data': counted('port_data_transmitted_bytes_total', dataTransmitted, 4),
  'counters/port_xmit_discards': counted(
    'port_discards_transmitted_total',
    'Number of outbound packets discarded by the port because the port is down or congested',
  ),
  'counters/port_xmit_packets': counted(
    'port_packets_transmitted_total',
    'Number of packets transmitted on all VLs from this port (including errors)',
  ),
  'counters/port_xmit_wait': counted(
    'port_transmit_wait_total',
    'Number of ticks during which the port had data to transmit but no data was sent during ' +
      'the entire tick',
  ),
  'counters/symbol_error': counted(
    'symbol_error_total',
    'Number of minor link errors detected on one or more physical lanes.',
  ),
  'counters/unicast_rcv_packets': counted(
    'unicast_packets_received_total',
    'Number of unicast packets received (including errors)',
  ),
  'counters/unicast_xmit_packets': counted(
    'unicast_packets_transmitted_total',
    'Number of unicast packets transmitted (including errors)',
  ),
  'counters_ext/port_multicast_rcv_packets': counted(
    'legacy_multicast_packets_received_total',
    'Number of multicast packets received',
  ),
  'counters_ext/port_multicast_xmit_packets': counted(
    'legacy_multicast_packets_transmitted_total',
    'Number of multicast packets transmitted',
  ),
  'counters_ext/port_rcv_data_64': counted('legacy_data_received_bytes_total', dataReceived, 4),
  'counters_ext/port_rcv_packets_64': counted(
    'legacy_packets_received_total',
    'Number of data packets received on all links',
  ),
  'counters_ext/port_unicast_rcv_packets': counted(
    'legacy_unicast_packets_received_total',
    'Number of unicast packets received',
  ),
  'counters_ext/port_unicast_xmit_packets': counted(
    'legacy_unicast_packets_transmitted_total',
    'Number of unicast packets transmitted',
  ),
  'counters_ext/port_xmit_data_64': counted(
    'legacy_data_transmitted_bytes_total',
    dataTransmitted,
    4,
  ),
  'counters_ext/port_xmit_packets_64': counted(
    'legacy_packets_transmitted_total',
    'Number of data packets received on all links',
  ),
}

const info = gauge(
  'node_infiniband_info',
  'Non-numeric data from /sys/class/infiniband/<device>, value is always 1.',
)
const stateId = gauge(
  'node_infiniband_state_id',
  'State of the InfiniBand port (0: no change, 1: down, 2: init, 3: armed, 4: active, 5: act ' +
    'defer)',
)
const physicalStateId = gauge(
  'node_infiniband_physical_state_id',
  'Physical state of the InfiniBand port (0: no change, 1: sleep, 2: polling, 3: disable, 4: ' +
    'shift, 5: link up, 6: link error recover, 7: phytest)',
)
const rate = gauge('node_infiniband_rate_bytes_per_second', 'Maximum signal transfer rate')

export const infiniband: BuildCollector = ({ host }) => ({
  name: 'infiniband',
  async collect(page) {
    const directory = host.sys('class/infiniband')
    for (const device of await host.list(directory)) {
      const path = `${directory}/${device}`
      const text = async (file: string) => (await host.attribute(`${path}/${file}`)) ?? ''
      page.add(info, 1, {
        device,
        board_id: await text('board_id'),
        firmware_version: await text('fw_ver'),
        hca_type: await text('hca_type'),
      })
      for (const port of await host.list(`${path}/ports`)) {
        await addPort(page, host, `${path}/ports/${port}`, { device, port })
      }
    }
  },
})

async function addPort(
  page: MetricPage,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  const states = [
    ['state', stateId],
    ['phys_state', physicalStateId],
  ] as const
  for (const [file, family] of states) {
    // `4: ACTIVE`
    const id = optionalNumber((await host.attribute(`${path}/${file}`))?.split(':')[0])
    if (id !== undefined) page.add(family, id, labels)
  }
  // `40 Gb/sec (4X QDR)`
  const gigabits = optionalNumber((await host.attribute(`${path}/rate`))?.split(' ')[0])
  if (gigabits !== undefined) page.add(rate, (gigabits * 1e9) / 8, labels)
  for (const [file, { family, unit }] of Object.entries(counters)) {
    // Adapters without a performance agent say `N/A (no PMA)`.
    const value = optionalNumber(await host.attribute(`${path}/${file}`))
    if (value !== undefined) page.add(family, value * unit, labels)
  }
}

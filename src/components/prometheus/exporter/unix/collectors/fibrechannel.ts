// fibrechannel: host bus adapters of Fibre Channel.

import { type BuildCollector, counter, gauge } from '../collector.ts'

const info = gauge(
  'node_fibrechannel_info',
  'Non-numeric data from /sys/class/fc_host/<host>, value is always 1.',
)

/** The files of texts, which are the labels too. Names are hexadecimal numbers. */
const texts = [
  'dev_loss_tmo',
  'fabric_name',
  'port_id',
  'port_name',
  'port_state',
  'port_type',
  'speed',
  'supported_classes',
  'supported_speeds',
  'symbolic_name',
]

/** By the file below `statistics`. */
const statistics = {
  dumped_frames: counter('node_fibrechannel_dumped_frames_total', 'Number of dumped frames'),
  error_frames: counter('node_fibrechannel_error_frames_total', 'Number of errors in frames'),
  invalid_crc_count: counter(
    'node_fibrechannel_invalid_crc_total',
    'Invalid Cyclic Redundancy Check count',
  ),
  rx_frames: counter('node_fibrechannel_rx_frames_total', 'Number of frames received'),
  rx_words: counter('node_fibrechannel_rx_words_total', 'Number of words received by host port'),
  tx_frames: counter(
    'node_fibrechannel_tx_frames_total',
    'Number of frames transmitted by host port',
  ),
  tx_words: counter('node_fibrechannel_tx_words_total', 'Number of words transmitted by host port'),
  seconds_since_last_reset: counter(
    'node_fibrechannel_seconds_since_last_reset_total',
    'Number of seconds since last host port reset',
  ),
  invalid_tx_word_count: counter(
    'node_fibrechannel_invalid_tx_words_total',
    'Number of invalid words transmitted by host port',
  ),
  link_failure_count: counter(
    'node_fibrechannel_link_failure_total',
    'Number of times the host port link has failed',
  ),
  loss_of_sync_count: counter(
    'node_fibrechannel_loss_of_sync_total',
    'Number of failures on either bit or transmission word boundaries',
  ),
  loss_of_signal_count: counter(
    'node_fibrechannel_loss_of_signal_total',
    'Number of times signal has been lost',
  ),
  nos_count: counter(
    'node_fibrechannel_nos_total',
    'Number Not_Operational Primitive Sequence received by host port',
  ),
  fcp_packet_aborts: counter(
    'node_fibrechannel_fcp_packet_aborts_total',
    'Number of aborted packets',
  ),
}

/** What an adapter says that does not count. */
const unknown = '0xffffffffffffffff'

export const fibrechannel: BuildCollector = ({ host }) => ({
  name: 'fibrechannel',
  async collect(page) {
    const directory = host.sys('class/fc_host')
    for (const fc_host of await host.list(directory)) {
      const path = `${directory}/${fc_host}`
      const labels: Record<string, string> = { fc_host }
      for (const file of texts) {
        const text = (await host.attribute(`${path}/${file}`)) ?? ''
        labels[file] = text.replace(/^0x/, '')
      }
      page.add(info, 1, labels)
      for (const [file, family] of Object.entries(statistics)) {
        const text = await host.attribute(`${path}/statistics/${file}`)
        if (text === undefined || text === unknown || !/^0x[0-9a-f]+$/i.test(text)) continue
        page.add(family, Number(BigInt(text)), { fc_host })
      }
    }
  },
})

// tapestats: what tape drives did.

import { type BuildCollector, counter, gauge } from '../collector.ts'
import { filterOf } from '../filter.ts'
import { optionalNumber } from '../proc_text.ts'

const nanosecondsPerSecond = 1e9

/** Families by their file, and what its number is divided by. */
const families = [
  [
    'in_flight',
    gauge('node_tape_io_now', 'The number of I/Os currently outstanding to this device.'),
    1,
  ],
  [
    'io_ns',
    counter(
      'node_tape_io_time_seconds_total',
      'The amount of time spent waiting for all I/O to complete (including read and write). ' +
        'This includes tape movement commands such as seeking between file or set marks and ' +
        'implicit tape movement such as when rewind on close tape devices are used.',
    ),
    nanosecondsPerSecond,
  ],
  [
    'other_cnt',
    counter(
      'node_tape_io_others_total',
      'The number of I/Os issued to the tape drive other than read or write commands. The ' +
        'time taken to complete these commands uses the following calculation ' +
        'io_time_seconds_total-read_time_seconds_total-write_time_seconds_total',
    ),
    1,
  ],
  [
    'read_byte_cnt',
    counter('node_tape_read_bytes_total', 'The number of bytes read from the tape drive.'),
    1,
  ],
  [
    'read_cnt',
    counter(
      'node_tape_reads_completed_total',
      'The number of read requests issued to the tape drive.',
    ),
    1,
  ],
  [
    'read_ns',
    counter(
      'node_tape_read_time_seconds_total',
      'The amount of time spent waiting for read requests to complete.',
    ),
    nanosecondsPerSecond,
  ],
  [
    'resid_cnt',
    counter(
      'node_tape_residual_total',
      'The number of times during a read or write we found the residual amount to be ' +
        'non-zero. This should mean that a program is issuing a read larger thean the block ' +
        'size on tape. For write not all data made it to tape.',
    ),
    1,
  ],
  [
    'write_byte_cnt',
    counter('node_tape_written_bytes_total', 'The number of bytes written to the tape drive.'),
    1,
  ],
  [
    'write_cnt',
    counter(
      'node_tape_writes_completed_total',
      'The number of write requests issued to the tape drive.',
    ),
    1,
  ],
  [
    'write_ns',
    counter(
      'node_tape_write_time_seconds_total',
      'The amount of time spent waiting for write requests to complete.',
    ),
    nanosecondsPerSecond,
  ],
] as const

/** A drive has other names besides, for its modes: `nst0`, `st0a`. */
const driveName = /^st\d+$/

export const tapestats: BuildCollector = ({ args, host }) => {
  const takes = filterOf({ exclude: args.tapestats.ignored_devices, include: '' })
  return {
    name: 'tapestats',
    async collect(page) {
      const root = host.sys('class/scsi_tape')
      for (const device of await host.list(root)) {
        if (!driveName.test(device) || !takes(device)) continue
        for (const [file, family, divisor] of families) {
          const value = optionalNumber(await host.attribute(`${root}/${device}/stats/${file}`))
          if (value !== undefined) page.add(family, value / divisor, { device })
        }
      }
    },
  }
}

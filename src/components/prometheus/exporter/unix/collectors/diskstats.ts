// diskstats: what block devices did, and what udev knows of them.

import type { FamilySpec, MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter, gauge } from '../collector.ts'
import { exclusiveFilterOf } from '../filter.ts'
import { fieldsOf, linesOf, numberOf, optionalNumber } from '../proc_text.ts'
import { type UdevProperties, udevProperties } from './udev_data.ts'

/** Of the file, whatever the device's own is. */
const sectorSizeBytes = 512
const secondsPerMs = 0.001

/** In the order of the columns behind the device's name; older kernels have fewer. */
const columns: readonly (readonly [family: FamilySpec, unit: number])[] = [
  [
    counter('node_disk_reads_completed_total', 'The total number of reads completed successfully.'),
    1,
  ],
  [counter('node_disk_reads_merged_total', 'The total number of reads merged.'), 1],
  [
    counter('node_disk_read_bytes_total', 'The total number of bytes read successfully.'),
    sectorSizeBytes,
  ],
  [
    counter('node_disk_read_time_seconds_total', 'The total number of seconds spent by all reads.'),
    secondsPerMs,
  ],
  [
    counter(
      'node_disk_writes_completed_total',
      'The total number of writes completed successfully.',
    ),
    1,
  ],
  [counter('node_disk_writes_merged_total', 'The number of writes merged.'), 1],
  [
    counter('node_disk_written_bytes_total', 'The total number of bytes written successfully.'),
    sectorSizeBytes,
  ],
  [
    counter(
      'node_disk_write_time_seconds_total',
      'This is the total number of seconds spent by all writes.',
    ),
    secondsPerMs,
  ],
  [gauge('node_disk_io_now', 'The number of I/Os currently in progress.'), 1],
  [counter('node_disk_io_time_seconds_total', 'Total seconds spent doing I/Os.'), secondsPerMs],
  [
    counter(
      'node_disk_io_time_weighted_seconds_total',
      'The weighted # of seconds spent doing I/Os.',
    ),
    secondsPerMs,
  ],
  [
    counter(
      'node_disk_discards_completed_total',
      'The total number of discards completed successfully.',
    ),
    1,
  ],
  [counter('node_disk_discards_merged_total', 'The total number of discards merged.'), 1],
  [
    counter(
      'node_disk_discarded_sectors_total',
      'The total number of sectors discarded successfully.',
    ),
    1,
  ],
  [
    counter(
      'node_disk_discard_time_seconds_total',
      'This is the total number of seconds spent by all discards.',
    ),
    secondsPerMs,
  ],
  [
    counter(
      'node_disk_flush_requests_total',
      'The total number of flush requests completed successfully',
    ),
    1,
  ],
  [
    counter(
      'node_disk_flush_requests_time_seconds_total',
      'This is the total number of seconds spent by all flush requests.',
    ),
    secondsPerMs,
  ],
]

const info = gauge('node_disk_info', 'Info of /sys/block/<block_device>.')
const mapperInfo = gauge('node_disk_device_mapper_info', 'Info about disk device mapper.')
const fileSystemInfo = gauge('node_disk_filesystem_info', 'Info about disk filesystem.')

/** By the key of udev. */
const ata = {
  ID_ATA_WRITE_CACHE: gauge('node_disk_ata_write_cache', 'ATA disk has a write cache.'),
  ID_ATA_WRITE_CACHE_ENABLED: gauge(
    'node_disk_ata_write_cache_enabled',
    'ATA disk has its write cache enabled.',
  ),
  ID_ATA_ROTATION_RATE_RPM: gauge(
    'node_disk_ata_rotation_rate_rpm',
    'ATA disk rotation rate in RPMs (0 for SSDs).',
  ),
}

export const diskstats: BuildCollector = async ({ args, host, logger }) => {
  const { device_exclude, device_include } = args.disk
  const takes = filterOfDisks(device_exclude, device_include)
  for (const [flag, pattern] of Object.entries({
    exclude: device_exclude,
    include: device_include,
  })) {
    if (pattern === '') continue
    const message = `Parsed flag --collector.diskstats.device-${flag}`
    logger.log('info', message, { flag: pattern })
  }
  if (!(await host.isDirectory(host.udevPath))) {
    const message = 'Failed to open directory, disabling udev device properties'
    logger.log('error', message, { path: host.udevPath })
  }
  return {
    name: 'diskstats',
    async collect(page) {
      for (const line of linesOf(await host.read(host.proc('diskstats')))) {
        const [major = '', minor = '', device = '', ...fields] = fieldsOf(line)
        if (!takes(device)) continue
        for (const [i, field] of fields.slice(0, columns.length).entries()) {
          const [family, unit] = columns[i]!
          page.add(family, numberOf(field) * unit, { device })
        }
        const udev = await udevProperties(host, major, minor)
        addProperties(page, udev, { device, major, minor })
      }
    },
  }
}

function filterOfDisks(exclude: string, include: string): (device: string) => boolean {
  try {
    return exclusiveFilterOf({ exclude, include })
  } catch (cause) {
    throw new Error(`failed to parse device filter flags: ${(cause as Error).message}`, { cause })
  }
}

function addProperties(
  page: MetricPage,
  udev: UdevProperties,
  numbers: { readonly device: string; readonly major: string; readonly minor: string },
): void {
  const { device } = numbers
  const text = (key: string) => udev.get(key) ?? ''
  page.add(info, 1, {
    ...numbers,
    path: text('ID_PATH'),
    wwn: text('ID_WWN'),
    model: text('ID_MODEL'),
    serial: text('SCSI_IDENT_SERIAL') || text('ID_SERIAL_SHORT'),
    revision: text('ID_REVISION'),
  })
  if (text('ID_FS_TYPE') !== '') {
    page.add(fileSystemInfo, 1, {
      device,
      type: text('ID_FS_TYPE'),
      usage: text('ID_FS_USAGE'),
      uuid: text('ID_FS_UUID'),
      version: text('ID_FS_VERSION'),
    })
  }
  if (text('DM_NAME') !== '') {
    page.add(mapperInfo, 1, {
      device,
      name: text('DM_NAME'),
      uuid: text('DM_UUID'),
      vg_name: text('DM_VG_NAME'),
      lv_name: text('DM_LV_NAME'),
      lv_layer: text('DM_LV_LAYER'),
    })
  }
  if (text('ID_ATA') === '') return
  for (const [key, family] of Object.entries(ata)) {
    const value = optionalNumber(udev.get(key))
    if (value !== undefined) page.add(family, value, { device })
  }
}

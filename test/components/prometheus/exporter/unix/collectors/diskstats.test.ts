import { expect, it } from 'vitest'
import { diskstats } from '../../../../../../src/components/prometheus/exporter/unix/collectors/diskstats.ts'
import { RecordingLogger } from '../../../../../support/recording_logger.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const text = `   8       0 sda 10 1 2 1500 20 3 4 1600 5 9653880 7 11 12 13 14 15 16 17
   8       1 sda1 1 1 1 1 1 1 1 1 1 1 1
 254       0 vda 1 1 1 1 1 1 1 1 1 1 1
`
const tree = {
  'proc/diskstats': text,
  'udev/b8:0':
    'S:disk/by-id/x\nE:ID_ATA=1\nE:ID_ATA_WRITE_CACHE=1\nE:ID_ATA_ROTATION_RATE_RPM=7200\nE:ID_MODEL=DISK\nE:ID_SERIAL_SHORT=short\nE:SCSI_IDENT_SERIAL=ident\nE:ID_FS_TYPE=ext4\nE:ID_FS_USAGE=filesystem\n',
  'udev/b254:0':
    'E:DM_NAME=system-root\nE:DM_LV_NAME=root\nE:ID_FS_TYPE=\nE:ID_SERIAL_SHORT=short\n',
}

it('gives every column that the kernel has', async () => {
  const samples = await samplesOf(diskstats, tree)
  expect(
    samples.filter((line) => line.includes('{device="sda"}') && !line.includes('ata')),
  ).toEqual([
    'node_disk_discard_time_seconds_total{device="sda"} 0.014',
    'node_disk_discarded_sectors_total{device="sda"} 13',
    'node_disk_discards_completed_total{device="sda"} 11',
    'node_disk_discards_merged_total{device="sda"} 12',
    'node_disk_flush_requests_time_seconds_total{device="sda"} 0.016',
    'node_disk_flush_requests_total{device="sda"} 15',
    'node_disk_io_now{device="sda"} 5',
    'node_disk_io_time_seconds_total{device="sda"} 9653.880000000001',
    'node_disk_io_time_weighted_seconds_total{device="sda"} 0.007',
    'node_disk_read_bytes_total{device="sda"} 1024',
    'node_disk_read_time_seconds_total{device="sda"} 1.5',
    'node_disk_reads_completed_total{device="sda"} 10',
    'node_disk_reads_merged_total{device="sda"} 1',
    'node_disk_write_time_seconds_total{device="sda"} 1.6',
    'node_disk_writes_completed_total{device="sda"} 20',
    'node_disk_writes_merged_total{device="sda"} 3',
    'node_disk_written_bytes_total{device="sda"} 2048',
  ])
  expect(samples.filter((line) => line.includes('"vda"}'))).toHaveLength(11)
})

it('tells what udev knows', async () => {
  const samples = await samplesOf(diskstats, tree)
  expect(samples.filter((line) => /info|ata_/.test(line))).toEqual([
    'node_disk_ata_rotation_rate_rpm{device="sda"} 7200',
    'node_disk_ata_write_cache{device="sda"} 1',
    'node_disk_device_mapper_info{device="vda",lv_layer="",lv_name="root",name="system-root",uuid="",vg_name=""} 1',
    'node_disk_filesystem_info{device="sda",type="ext4",usage="filesystem",uuid="",version=""} 1',
    'node_disk_info{device="sda",major="8",minor="0",model="DISK",path="",revision="",serial="ident",wwn=""} 1',
    'node_disk_info{device="vda",major="254",minor="0",model="",path="",revision="",serial="short",wwn=""} 1',
  ])
})

it.each([
  ['leaves partitions out by default', '', ['sda', 'vda']],
  ['leaves out what the pattern says', 'disk {\n device_exclude = "^v"\n}', ['sda', 'sda1']],
  [
    'takes only what the pattern says',
    'disk {\n device_exclude = ""\n device_include = "1$"\n}',
    ['sda1'],
  ],
])('%s', async (_, args, devices) => {
  const samples = await samplesOf(diskstats, tree, { args })
  const found = samples.map((line) => /^node_disk_io_now\{device="(\w+)"/.exec(line)?.[1])
  expect(found.filter((device) => device !== undefined)).toEqual(devices)
})

it.each([
  [
    'both patterns',
    'device_include = "a"',
    'failed to parse device filter flags: device-exclude & device-include are mutually exclusive',
  ],
  [
    'a pattern that is none',
    'device_exclude = "(a"',
    'regexp: Compile(`(a`): error parsing regexp: missing closing ): `(a`',
  ],
])('refuses %s', async (_, block, message) => {
  const samples = samplesOf(diskstats, tree, { args: `disk {\n${block}\n}` })
  await expect(samples).rejects.toThrow(message)
})

it('says once that there is no udev, and goes on', async () => {
  const logger = new RecordingLogger()
  const samples = await samplesOf(diskstats, { 'proc/diskstats': text }, { logger })
  expect(samples).toContain(
    'node_disk_info{device="sda",major="8",minor="0",model="",path="",revision="",serial="",wwn=""} 1',
  )
  expect(logger.lines).toEqual([
    'info Parsed flag --collector.diskstats.device-exclude flag=^(ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$',
    expect.stringMatching(
      /^error Failed to open directory, disabling udev device properties path=.*udev$/,
    ),
  ])
})

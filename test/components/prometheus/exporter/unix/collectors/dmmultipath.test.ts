import { expect, it } from 'vitest'
import { dmmultipath } from '../../../../../../src/components/prometheus/exporter/unix/collectors/dmmultipath.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('tells paths that work from others', async () => {
  const tree = {
    'sys/block/dm-5/dm/name': 'mpathA\n',
    'sys/block/dm-5/dm/uuid': 'mpath-36005\n',
    'sys/block/dm-5/slaves/sdi/x': '',
    'sys/block/dm-5/slaves/sdj/x': '',
    'sys/block/dm-5/slaves/nvme0n1/x': '',
    'sys/block/sdi/device/state': 'running\n',
    'sys/block/sdj/device/state': 'offline\n',
    'sys/block/nvme0n1/device/state': 'live\n',
    'sys/block/dm-7/dm/uuid': 'LVM-abc\n',
  }
  expect(await samplesOf(dmmultipath, tree)).toEqual([
    'node_dmmultipath_device_info{device="mpathA",sysfs_name="dm-5",uuid="mpath-36005"} 1',
    'node_dmmultipath_device_paths{device="mpathA",sysfs_name="dm-5"} 3',
    'node_dmmultipath_device_paths_active{device="mpathA",sysfs_name="dm-5"} 2',
    'node_dmmultipath_device_paths_failed{device="mpathA",sysfs_name="dm-5"} 1',
  ])
})

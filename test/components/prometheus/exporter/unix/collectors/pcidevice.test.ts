import { expect, it } from 'vitest'
import { pcidevice } from '../../../../../../src/components/prometheus/exporter/unix/collectors/pcidevice.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const bridge = 'sys/devices/pci0000:00/0000:00:02.1'
const disk = `${bridge}/0000:01:00.0`

it('gives a device, its link and what it hangs on', async () => {
  const tree = {
    'sys/bus/pci/devices/0000:00:02.1': '-> ../../../devices/pci0000:00/0000:00:02.1',
    'sys/bus/pci/devices/0000:01:00.0': '-> ../../../devices/pci0000:00/0000:00:02.1/0000:01:00.0',
    [`${bridge}/class`]: '0x060400\n',
    [`${bridge}/numa_node`]: '-1\n',
    [`${disk}/max_link_speed`]: '16.0 GT/s PCIe\n',
    [`${disk}/current_link_speed`]: 'Unknown\n',
    [`${disk}/max_link_width`]: '4\n',
    [`${disk}/numa_node`]: '0\n',
    [`${disk}/power_state`]: 'D3cold\n',
  }
  const samples = await samplesOf(pcidevice, tree)
  const place = 'bus="01",device="00",function="0",segment="0000"'
  const parent = 'parent_bus="00",parent_device="02",parent_function="1",parent_segment="0000"'
  const top = 'parent_bus="*",parent_device="*",parent_function="*",parent_segment="*"'
  const rest = 'subsystem_device_id="",subsystem_vendor_id="",vendor_id=""'
  expect(samples.filter((line) => !line.endsWith(' 0'))).toEqual([
    `node_pcidevice_info{bus="00",class_id="0x060400",device="02",device_id="",function="1",${top},revision="",segment="0000",${rest}} 1`,
    `node_pcidevice_info{bus="01",class_id="",device="00",device_id="",function="0",${parent},revision="",segment="0000",${rest}} 1`,
    `node_pcidevice_max_link_transfers_per_second{${place}} 1.6e+10`,
    `node_pcidevice_max_link_width{${place}} 4`,
    `node_pcidevice_power_state{${place},state="D3cold"} 1`,
  ])
  expect(samples).toContain(`node_pcidevice_numa_node{${place}} 0`)
})

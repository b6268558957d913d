import { expect, it } from 'vitest'
import { dmi } from '../../../../../../src/components/prometheus/exporter/unix/collectors/dmi.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('labels what is told only', async () => {
  const tree = {
    'sys/class/dmi/id/sys_vendor': 'Dell Inc.\n',
    'sys/class/dmi/id/chassis_asset_tag': '\n',
    'sys/class/dmi/id/modalias': 'dmi:\n',
  }
  expect(await samplesOf(dmi, tree)).toEqual([
    'node_dmi_info{chassis_asset_tag="",system_vendor="Dell Inc."} 1',
  ])
})

it('has nothing to say without firmware tables', async () => {
  await expect(samplesOf(dmi, {})).rejects.toThrow('no data')
})

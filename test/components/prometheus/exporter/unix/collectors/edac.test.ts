import { expect, it } from 'vitest'
import { edac } from '../../../../../../src/components/prometheus/exporter/unix/collectors/edac.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives errors by controller, row and channel', async () => {
  const mc = 'sys/devices/system/edac/mc/mc0'
  const tree = {
    [`${mc}/ce_count`]: '1\n',
    [`${mc}/ue_count`]: '5\n',
    [`${mc}/ce_noinfo_count`]: '2\n',
    [`${mc}/ue_noinfo_count`]: '6\n',
    [`${mc}/csrow0/ce_count`]: '3\n',
    [`${mc}/csrow0/ue_count`]: '4\n',
    [`${mc}/csrow0/ch0_ce_count`]: '7\n',
    [`${mc}/csrow0/ch0_dimm_label`]: 'mc#0csrow#0channel#0\n',
    [`${mc}/csrow0/ch1_ue_count`]: '8\n',
    [`${mc}/csrow0/ch1_dimm_label`]: 'DIMM_B1\n',
  }
  expect(await samplesOf(edac, tree)).toEqual([
    'node_edac_channel_correctable_errors_total{channel="0",controller="0",csrow="0",dimm_label="mc0_csrow0_channel0"} 7',
    'node_edac_channel_uncorrectable_errors_total{channel="1",controller="0",csrow="0",dimm_label="DIMM_B1"} 8',
    'node_edac_correctable_errors_total{controller="0"} 1',
    'node_edac_csrow_correctable_errors_total{controller="0",csrow="0"} 3',
    'node_edac_csrow_correctable_errors_total{controller="0",csrow="unknown"} 2',
    'node_edac_csrow_uncorrectable_errors_total{controller="0",csrow="0"} 4',
    'node_edac_csrow_uncorrectable_errors_total{controller="0",csrow="unknown"} 6',
    'node_edac_uncorrectable_errors_total{controller="0"} 5',
  ])
})

it('finds no controllers where there are none', async () => {
  expect(await samplesOf(edac, {})).toEqual([])
})

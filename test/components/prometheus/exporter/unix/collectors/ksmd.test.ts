import { expect, it } from 'vitest'
import { ksmd } from '../../../../../../src/components/prometheus/exporter/unix/collectors/ksmd.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives the files that the kernel has', async () => {
  const ksm = 'sys/kernel/mm/ksm'
  const tree = {
    [`${ksm}/full_scans`]: '323\n',
    [`${ksm}/general_profit`]: '-4096\n',
    [`${ksm}/sleep_millisecs`]: '20\n',
    [`${ksm}/advisor_mode`]: '[none] scan-time\n',
  }
  expect(await samplesOf(ksmd, tree)).toEqual([
    'node_ksmd_full_scans_total 323',
    'node_ksmd_general_profit_bytes -4096',
    'node_ksmd_sleep_seconds 0.02',
  ])
})

it('has nothing to say of a kernel without it', async () => {
  await expect(samplesOf(ksmd, {})).rejects.toThrow('ENOENT')
})

import { expect, it } from 'vitest'
import { vmstat } from '../../../../../../src/components/prometheus/exporter/unix/collectors/vmstat.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const tree = { 'proc/vmstat': 'nr_free_pages 5\noom_kill 0\npgpgin 7344136\npgmajfault 3\n' }

it.each([
  ['', ['oom_kill 0', 'pgmajfault 3', 'pgpgin 7.344136e+06']],
  ['vmstat { fields = "^nr_" }', ['nr_free_pages 5']],
])('takes the fields of the pattern: %j', async (args, expected) => {
  const samples = await samplesOf(vmstat, tree, { args })
  expect(samples).toEqual(expected.map((line) => `node_vmstat_${line}`))
})

it('refuses a pattern that is none', async () => {
  await expect(samplesOf(vmstat, tree, { args: 'vmstat { fields = "(" }' })).rejects.toThrow(
    'error parsing regexp: missing closing ): `(`',
  )
})

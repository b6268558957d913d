import { expect, it } from 'vitest'
import { cgroups } from '../../../../../../src/components/prometheus/exporter/unix/collectors/cgroups.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives the groups of each controller', async () => {
  const text = '#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t5\t47\t1\nmemory\t7\t234\t0'
  expect(await samplesOf(cgroups, { 'proc/cgroups': text })).toEqual([
    'node_cgroups_cgroups{subsys_name="cpuset"} 47',
    'node_cgroups_cgroups{subsys_name="memory"} 234',
    'node_cgroups_enabled{subsys_name="cpuset"} 1',
    'node_cgroups_enabled{subsys_name="memory"} 0',
  ])
})

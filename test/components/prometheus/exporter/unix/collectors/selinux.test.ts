import { expect, it } from 'vitest'
import { selinux } from '../../../../../../src/components/prometheus/exporter/unix/collectors/selinux.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it.each([
  ['off', {}, ['enabled 0']],
  [
    'permissive for now',
    { 'sys/fs/selinux/enforce': '0', 'etc/selinux/config': '# SELINUX=x\nSELINUX=enforcing\n' },
    ['config_mode 1', 'current_mode 0', 'enabled 1'],
  ],
  [
    'without a configuration',
    { 'sys/fs/selinux/enforce': '1' },
    ['config_mode -1', 'current_mode 1', 'enabled 1'],
  ],
])('knows SELinux that is %s', async (_, tree, expected) => {
  expect(await samplesOf(selinux, tree)).toEqual(expected.map((line) => `node_selinux_${line}`))
})

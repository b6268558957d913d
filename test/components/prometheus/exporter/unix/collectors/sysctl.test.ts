import { expect, it } from 'vitest'
import { sysctl } from '../../../../../../src/components/prometheus/exporter/unix/collectors/sysctl.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const tree = {
  'proc/sys/fs/file-nr': '1024\t0\t1631329\n',
  'proc/sys/kernel/threads-max': '7801\n',
  'proc/sys/kernel/ostype': 'Linux\n',
  'proc/sys/net/ipv4/conf/eth0.1/mtu': '9\n',
}

it.each([
  ['one number', 'include = ["kernel.threads-max"]', ['kernel_threads_max 7801']],
  [
    'several without names',
    'include = ["fs.file-nr"]',
    ['fs_file_nr{index="0"} 1024', 'fs_file_nr{index="1"} 0', 'fs_file_nr{index="2"} 1.631329e+06'],
  ],
  [
    'several with names',
    'include = ["fs.file-nr:total,,max"]',
    ['fs_file_nr_max 1.631329e+06', 'fs_file_nr_total 1024'],
  ],
  ['names with dots', 'include = ["net/ipv4/conf/eth0.1/mtu"]', ['net_ipv4_conf_eth0_1_mtu 9']],
  [
    'text',
    'include_info = ["kernel.ostype"]',
    ['info{index="0",name="kernel.ostype",value="Linux"} 1'],
  ],
  ['nothing', '', []],
])('gives %s', async (_, block, expected) => {
  const samples = await samplesOf(sysctl, tree, { args: `sysctl {\n${block}\n}` })
  expect(samples).toEqual(expected.map((line) => `node_sysctl_${line}`))
})

it.each([
  [
    'text for a number',
    'include = ["kernel.ostype"]',
    'field 0 in sysctl kernel.ostype is not a valid int: "Linux"',
  ],
  ['more names than fields', 'include = ["kernel.threads-max:a,b"]', 'has 1 fields, not 2'],
  ['what is not there', 'include = ["a.b"]', 'ENOENT'],
])('refuses %s', async (_, block, message) => {
  const samples = samplesOf(sysctl, tree, { args: `sysctl {\n${block}\n}` })
  await expect(samples).rejects.toThrow(message)
})

import { expect, it } from 'vitest'
import { cpuVulnerabilities } from '../../../../../../src/components/prometheus/exporter/unix/collectors/cpu_vulnerabilities.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it.each([
  ['Not affected\n', 'not affected'],
  ['Vulnerable: Clear CPU buffers attempted, no microcode\n', 'vulnerable'],
  ['Mitigation: Retpolines; IBPB: conditional\n', 'mitigation'],
  ['Processor vulnerable? Who knows\n', 'unknown'],
])('reads %j', async (text, state) => {
  const tree = { 'sys/devices/system/cpu/vulnerabilities/mds': text }
  expect(await samplesOf(cpuVulnerabilities, tree)).toEqual([
    `node_cpu_vulnerabilities_info{codename="mds",state="${state}"} 1`,
  ])
})

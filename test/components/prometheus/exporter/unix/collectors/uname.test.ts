import * as os from 'node:os'
import { expect, it } from 'vitest'
import { uname } from '../../../../../../src/components/prometheus/exporter/unix/collectors/uname.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('tells kernel and machine', async () => {
  const [sample = ''] = await samplesOf(uname, { 'proc/sys/kernel/domainname': '(none)\n' })
  expect(sample).toContain('domainname="(none)"')
  expect(sample).toContain(`release="${os.release()}",sysname="${os.type()}"`)
  expect(sample).toContain(`machine="${os.machine()}",nodename="${os.hostname()}"`)
})

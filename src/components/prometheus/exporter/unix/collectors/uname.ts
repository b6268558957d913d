// uname: name and version of kernel and machine.

import * as os from 'node:os'
import { type BuildCollector, gauge } from '../collector.ts'

const systemInfo = gauge(
  'node_uname_info',
  'Labeled system information as provided by the uname system call.',
)

export const uname: BuildCollector = ({ host }) => ({
  name: 'uname',
  async collect(page) {
    page.add(systemInfo, 1, {
      // The one field that Node does not tell.
      domainname: (await host.attribute(host.proc('sys/kernel/domainname'))) ?? '',
      machine: os.machine(),
      nodename: os.hostname(),
      release: os.release(),
      sysname: os.type(),
      version: os.version(),
    })
  },
})

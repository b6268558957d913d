// filefd: open files of the whole machine.

import { type BuildCollector, gauge } from '../collector.ts'
import { fieldsOf, numberOf } from '../proc_text.ts'

const allocated = gauge('node_filefd_allocated', 'File descriptor statistics: allocated.')
const maximum = gauge('node_filefd_maximum', 'File descriptor statistics: maximum.')

export const filefd: BuildCollector = ({ host }) => ({
  name: 'filefd',
  async collect(page) {
    // Between both stands how many are allocated but unused: always 0 since Linux 2.6.
    const [count, , limit] = fieldsOf(await host.read(host.proc('sys/fs/file-nr')))
    page.add(allocated, numberOf(count))
    page.add(maximum, numberOf(limit))
  },
})

// buddyinfo: free blocks of memory by their size, as powers of two of a page.

import { type BuildCollector, gauge } from '../collector.ts'
import { linesOf, numberOf } from '../proc_text.ts'

const blocks = gauge('node_buddyinfo_blocks', 'Count of free blocks according to size.')

export const buddyinfo: BuildCollector = ({ host }) => ({
  name: 'buddyinfo',
  async collect(page) {
    for (const line of linesOf(await host.read(host.proc('buddyinfo')))) {
      const match = /^Node\s+(\d+),\s+zone\s+(\S+)\s+(.*\S)/.exec(line)
      if (match === null) throw new Error(`cannot read the zone ${line}`)
      const [, node = '', zone = '', counts = ''] = match
      for (const [size, count] of counts.split(/\s+/).entries()) {
        page.add(blocks, numberOf(count), { node, zone, size: `${size}` })
      }
    }
  },
})

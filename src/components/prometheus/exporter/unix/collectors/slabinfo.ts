// slabinfo: memory that the kernel keeps for objects of its own.

import { type BuildCollector, gauge } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

/** In the order of the columns behind the name. */
const families = [
  gauge(
    'node_slabinfo_active_objects',
    'The number of objects that are currently active (i.e., in use).',
  ),
  gauge(
    'node_slabinfo_objects',
    'The total number of allocated objects (i.e., objects that are both in use and not in use).',
  ),
  gauge('node_slabinfo_object_size_bytes', 'The size of objects in this slab, in bytes.'),
  gauge('node_slabinfo_objects_per_slab', 'The number of objects stored in each slab.'),
  gauge('node_slabinfo_pages_per_slab', 'The number of pages allocated for each slab.'),
]

export const slabinfo: BuildCollector = ({ host }) => ({
  name: 'slabinfo',
  async collect(page) {
    for (const line of linesOf(await host.read(host.proc('slabinfo')))) {
      if (line.startsWith('slabinfo') || line.startsWith('#')) continue
      const [slab = '', ...values] = fieldsOf(line)
      for (const [i, family] of families.entries()) page.add(family, numberOf(values[i]), { slab })
    }
  },
})

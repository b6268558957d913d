// entropy: what the kernel's random number generator has.

import { type BuildCollector, gauge } from '../collector.ts'
import { numberOf } from '../proc_text.ts'

const available = gauge('node_entropy_available_bits', 'Bits of available entropy.')
const poolSize = gauge('node_entropy_pool_size_bits', 'Bits of entropy pool.')

export const entropy: BuildCollector = ({ host }) => ({
  name: 'entropy',
  async collect(page) {
    const random = host.proc('sys/kernel/random')
    page.add(available, numberOf((await host.read(`${random}/entropy_avail`)).trim()))
    page.add(poolSize, numberOf((await host.read(`${random}/poolsize`)).trim()))
  },
})

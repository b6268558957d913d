// rapl: energy that processors and memory used.

import { type BuildCollector, counter, isMissing, NoData } from '../collector.ts'
import { numberOf } from '../proc_text.ts'

/** Zones are `intel-rapl:0`, and within it `intel-rapl:0:1`. */
const zoneFolder = /^[\w-]*rapl[\w-]*:\d/

export const rapl: BuildCollector = ({ host }) => ({
  name: 'rapl',
  async collect(page) {
    const root = host.sys('class/powercap')
    const counts = new Map<string, number>()
    const folders = (await host.list(root)).filter((name) => zoneFolder.test(name))
    if (folders.length === 0) throw new NoData()
    for (const folder of folders) {
      const path = `${root}/${folder}`
      const name = (await host.attribute(`${path}/name`)) ?? ''
      const zone = zoneOf(name, counts)
      if (zone === undefined) continue
      const microjoules = numberOf((await readEnergy(`${path}/energy_uj`, host.read)).trim())
      const metric = zone.name.replace(/[^a-zA-Z0-9_]/g, '_')
      const family = counter(
        `node_rapl_${metric}_joules_total`,
        `Current RAPL ${zone.name} value in joules`,
      )
      page.add(family, microjoules / 1e6, { index: String(zone.index), path })
    }
  },
})

/** `package-0` says its number itself; others are counted. */
function zoneOf(
  name: string,
  counts: Map<string, number>,
): { name: string; index: number } | undefined {
  if (name === '') return undefined
  const [, base, number] = /^(.+)-(\d+)$/.exec(name) ?? []
  if (base !== undefined) return { name: base, index: Number(number) }
  const index = counts.get(name) ?? 0
  counts.set(name, index + 1)
  return { name, index }
}

/** Only root may read it since it tells secrets of other processes (CVE-2020-8694). */
async function readEnergy(path: string, read: (path: string) => Promise<string>): Promise<string> {
  try {
    return await read(path)
  } catch (error) {
    if (isMissing(error as Error)) throw error
    throw new Error(`cannot read ${path}`, { cause: error })
  }
}

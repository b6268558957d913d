// zfs: what the file system ZFS counts.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, gauge, NoData, untyped } from '../collector.ts'
import type { Host } from '../host.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

/** Files by what stands for them in names of families. */
const files: readonly (readonly [file: string, part: string])[] = [
  ['abdstats', 'abd'],
  ['arcstats', 'arc'],
  ['dbufstats', 'dbuf'],
  ['dmu_tx', 'dmu_tx'],
  ['dnodestats', 'dnode'],
  ['fm', 'fm'],
  ['vdev_cache_stats', 'vdev_cache'],
  ['vdev_mirror_stats', 'vdev_mirror'],
  ['xuio_stats', 'xuio'],
  ['zfetchstats', 'zfetch'],
  ['zil', 'zil'],
]

/** Types of values in the second column of a file: numbers of 64 bits without and with sign. */
const numericTypes: ReadonlySet<string> = new Set(['3', '4'])

const poolStates = ['online', 'degraded', 'faulted', 'offline', 'removed', 'unavail', 'suspended']
const poolState = gauge('node_zfs_zpool_state', 'kstat.zfs.misc.state')

export const zfs: BuildCollector = ({ host }) => ({
  name: 'zfs',
  async collect(page) {
    const root = host.proc('spl/kstat/zfs')
    const names = await host.listIfAny(root)
    if (names.length === 0) throw new NoData()
    for (const [file, part] of files) {
      if (names.includes(file)) await addFile(page, host, { path: `${root}/${file}`, file, part })
    }
    for (const name of names) {
      const path = `${root}/${name}`
      if (await host.isDirectory(path)) await addPool(page, host, { path, zpool: name })
    }
  },
})

async function addFile(
  page: MetricPage,
  host: Host,
  { file, part, path }: { file: string; part: string; path: string },
): Promise<void> {
  for (const [name, value] of statistics(await host.read(path))) {
    page.add(statistic(part, file, name), value)
  }
}

async function addPool(
  page: MetricPage,
  host: Host,
  { path, zpool }: { path: string; zpool: string },
): Promise<void> {
  for (const file of await host.list(path)) {
    const text = await host.readIfAny(`${path}/${file}`)
    if (text === undefined) continue
    if (file === 'io') addIo(page, text, zpool)
    else if (file.startsWith('objset-')) addDataset(page, text, zpool)
    else if (file === 'state') {
      for (const state of poolStates) {
        page.add(poolState, state === text.trim().toLowerCase() ? 1 : 0, { zpool, state })
      }
    }
  }
}

/** A line of names, and one of values. */
function addIo(page: MetricPage, text: string, zpool: string): void {
  const [, names = '', values = ''] = linesOf(text)
  const numbers = fieldsOf(values)
  for (const [i, name] of fieldsOf(names).entries()) {
    page.add(statistic('zpool', 'io', name), numberOf(numbers[i]), { zpool })
  }
}

function addDataset(page: MetricPage, text: string, zpool: string): void {
  // Names of data sets may hold blanks.
  const dataset = /^dataset_name +\d+ +(.*)$/m.exec(text)?.[1]
  if (dataset === undefined) return
  for (const [name, value] of statistics(text)) {
    page.add(statistic('zpool_dataset', 'objset', name), value, { zpool, dataset })
  }
}

/** Behind two lines of heading: name, type and value. */
function* statistics(text: string): Generator<readonly [name: string, value: number]> {
  for (const line of linesOf(text).slice(2)) {
    const [name = '', type = '', value, ...rest] = fieldsOf(line)
    if (numericTypes.has(type) && rest.length === 0) yield [name, numberOf(value)]
  }
}

function statistic(part: string, file: string, name: string) {
  const family = `node_zfs_${part}_${name.replace(/[^a-zA-Z0-9_]/g, '_')}`
  return untyped(family, `kstat.zfs.misc.${file}.${name}`)
}

// mdadm: software RAID, from /proc/mdstat and, where the kernel has it, /sys/block/md*.

import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, gauge } from '../collector.ts'
import type { Host } from '../host.ts'
import { numberOf, optionalNumber } from '../proc_text.ts'

const stateFamily = gauge('node_md_state', 'Indicates the state of md-device.')
const disksFamily = gauge('node_md_disks', 'Number of active/failed/spare disks of device.')
const requiredFamily = gauge('node_md_disks_required', 'Total number of disks of device.')
const blocksFamily = gauge('node_md_blocks', 'Total number of blocks on device.')
const syncedFamily = gauge('node_md_blocks_synced', 'Number of blocks synced on device.')
const degradedFamily = gauge('node_md_degraded', 'Number of degraded disks on device.')
const raidDisksFamily = gauge('node_md_raid_disks', 'Number of raid disks on device.')

const states = ['active', 'inactive', 'recovering', 'resync', 'check'] as const

interface MdArray {
  readonly device: string
  /** One of `states`, or what the array does that is none of them, as reshaping. */
  readonly state: string
  readonly active: number
  readonly failed: number
  readonly spare: number
  readonly required: number
  readonly blocks: number
  readonly synced: number
}

export const mdadm: BuildCollector = ({ host }) => ({
  name: 'mdadm',
  async collect(page) {
    for (const array of arraysOf(await host.read(host.proc('mdstat')))) addArray(page, array)
    await addDegraded(page, host)
  },
})

function addArray(page: MetricPage, array: MdArray): void {
  const { device } = array
  page.add(requiredFamily, array.required, { device })
  for (const state of ['active', 'failed', 'spare'] as const) {
    page.add(disksFamily, array[state], { device, state })
  }
  for (const state of states)
    page.add(stateFamily, array.state === state ? 1 : 0, { device, state })
  page.add(blocksFamily, array.blocks, { device })
  page.add(syncedFamily, array.synced, { device })
}

/** An array is some lines: `md6 : active raid1 sdb2[2](F) sda2[0]`, then what is indented. */
function* arraysOf(text: string): Generator<MdArray> {
  const pattern = /^(md\S*) : (.+)\n((?:[ \t]+.*\n?)*)/gm
  for (const [, device = '', head = '', body = ''] of text.matchAll(pattern)) {
    yield arrayOf(device, head, body)
  }
}

function arrayOf(device: string, head: string, body: string): MdArray {
  const isActive = head.startsWith('active')
  const members = head.split(' ').filter((word) => /\[\d+\]/.test(word))
  const failed = members.filter((word) => word.includes('(F)')).length
  const spare = members.filter((word) => word.includes('(S)')).length
  const blocks = numberOf(/(\d+) blocks/.exec(body)?.[1])
  // RAID 0 and linear arrays have no `[2/1]`: they work with all their disks or not at all.
  const [, total, up] = /\[(\d+)\/(\d+)\]/.exec(body) ?? []
  const working = members.length - failed - spare
  const required = isActive ? (total === undefined ? working : Number(total)) : 0
  const active = isActive ? (up === undefined ? working : Number(up)) : 0
  return { device, failed, spare, blocks, required, active, ...progressOf(isActive, body, blocks) }
}

function progressOf(
  isActive: boolean,
  body: string,
  blocks: number,
): Pick<MdArray, 'state' | 'synced'> {
  const [, action, waits, done] =
    /(recovery|resync|check|reshape|repair)\s*=\s*(?:(DELAYED|PENDING|REMOTE)|[\d.]+%\s*\((\d+)\/)/.exec(
      body,
    ) ?? []
  if (action === undefined) return { state: isActive ? 'active' : 'inactive', synced: blocks }
  const state = action === 'recovery' ? 'recovering' : action
  return { state, synced: waits === undefined ? numberOf(done) : 0 }
}

async function addDegraded(page: MetricPage, host: Host): Promise<void> {
  const directory = host.sys('block')
  for (const device of await host.listIfAny(directory)) {
    const path = `${directory}/${device}/md`
    const raidDisks = optionalNumber(await host.attribute(`${path}/raid_disks`))
    if (!device.startsWith('md') || raidDisks === undefined) continue
    page.add(raidDisksFamily, raidDisks, { device })
    // Levels without redundancy have no such file.
    const degraded = optionalNumber(await host.attribute(`${path}/degraded`)) ?? 0
    page.add(degradedFamily, degraded, { device })
  }
}

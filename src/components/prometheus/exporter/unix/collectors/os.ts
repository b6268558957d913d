// os: which operating system this is, by the file os-release.

import { join } from 'node:path'
import { type BuildCollector, gauge, NoData } from '../collector.ts'
import type { Host } from '../host.ts'
import { linesOf } from '../proc_text.ts'

const labels = [
  'build_id',
  'id',
  'id_like',
  'image_id',
  'image_version',
  'name',
  'pretty_name',
  'variant',
  'variant_id',
  'version',
  'version_codename',
  'version_id',
] as const

const systemInfo = gauge(
  'node_os_info',
  `A metric with a constant '1' value labeled by ${labels.join(', ')}.`,
)
const version = gauge(
  'node_os_version',
  'Metric containing the major.minor part of the OS version.',
)

const files = ['etc/os-release', 'usr/lib/os-release']

export const os: BuildCollector = ({ host }) => ({
  name: 'os',
  async collect(page) {
    const settings = parseSettings(await firstFile(host))
    const values = labels.map((label) => [label, settings.get(label.toUpperCase()) ?? ''] as const)
    page.add(systemInfo, 1, Object.fromEntries(values))
    const { id = '', id_like = '', name = '', version_id = '' } = Object.fromEntries(values)
    const [number] = /^\d+(?:\.\d+)?/.exec(version_id) ?? []
    if (number !== undefined) page.add(version, Number(number), { id, id_like, name })
  },
})

async function firstFile(host: Host): Promise<string> {
  for (const file of files) {
    const text = await host.readIfAny(join(host.rootfsPath, file))
    if (text !== undefined) return text
  }
  throw new NoData()
}

/** Assignments as a shell reads them: `NAME="Debian GNU/Linux"`. */
function parseSettings(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>()
  for (const line of linesOf(text)) {
    const [, key, raw] = /^\s*(\w+)=(.*?)\s*$/.exec(line) ?? []
    if (key !== undefined && raw !== undefined) settings.set(key, unquoted(raw))
  }
  return settings
}

function unquoted(raw: string): string {
  const [, single] = /^'([^']*)'$/.exec(raw) ?? []
  if (single !== undefined) return single
  const [, double] = /^"((?:[^"\\]|\\.)*)"$/.exec(raw) ?? []
  return (double ?? raw).replace(/\\(.)/g, '$1')
}

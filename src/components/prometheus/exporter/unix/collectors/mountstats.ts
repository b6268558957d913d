// mountstats: what each NFS mount of this process's view did.

import type { MetricPage, PageLabels } from '../../../../../wire/exposition/metric_page.ts'
import type { BuildCollector } from '../collector.ts'
import { fieldsOf, linesOf, numberOf, optionalNumber } from '../proc_text.ts'
import { age, bytes, events, operations, transport } from './mountstats_families.ts'

/** One mount: its first line, and what is indented below. */
interface NfsMount {
  readonly device: string
  readonly lines: readonly string[]
}

export const mountstats: BuildCollector = ({ host }) => ({
  name: 'mountstats',
  async collect(page) {
    const seen = new Set<string>()
    for (const mount of nfsMounts(await host.read(host.proc('self/mountstats')))) {
      const labels = labelsOf(mount)
      const key = JSON.stringify(labels)
      // A server's directory that is mounted twice counts once: the kernel counts for both.
      if (seen.has(key)) continue
      seen.add(key)
      addMount(page, mount, labels)
    }
  },
})

function nfsMounts(text: string): NfsMount[] {
  const mounts: { device: string; lines: string[] }[] = []
  let lines: string[] | undefined
  for (const line of linesOf(text)) {
    const [, device = '', fstype] = /^device (.+) mounted on .+ with fstype (\S+)/.exec(line) ?? []
    if (fstype === undefined) lines?.push(line.trim())
    else {
      lines = []
      if (fstype === 'nfs' || fstype === 'nfs4') mounts.push({ device, lines })
    }
  }
  return mounts
}

function labelsOf({ device, lines }: NfsMount): Readonly<Record<string, string>> {
  const options = headed(lines, 'opts')?.split(',') ?? []
  const named = options.find((option) => option.startsWith('mountaddr='))
  const mountaddr = named?.slice('mountaddr='.length) ?? /^(.*?):\//.exec(device)?.[1] ?? ''
  const protocol = headed(lines, 'xprt')?.split(' ')[0] ?? ''
  return { export: device, protocol, mountaddr }
}

function headed(lines: readonly string[], key: string): string | undefined {
  return lines
    .find((line) => line.startsWith(`${key}:`))
    ?.slice(key.length + 1)
    .trim()
}

function addMount(page: MetricPage, { lines }: NfsMount, labels: PageLabels): void {
  const seconds = optionalNumber(headed(lines, 'age'))
  if (seconds !== undefined) page.add(age, seconds, labels)
  for (const [i, field] of fieldsOf(headed(lines, 'bytes') ?? '').entries()) {
    const family = bytes[i]
    if (family !== undefined && field !== '') page.add(family, numberOf(field), labels)
  }
  for (const [i, field] of fieldsOf(headed(lines, 'events') ?? '').entries()) {
    const family = events[i]
    if (family !== undefined && field !== '') page.add(family, numberOf(field), labels)
  }
  const transports = lines.filter((line) => line.startsWith('xprt:'))
  for (const [i, line] of transports.entries()) {
    addTransport(page, fieldsOf(line.slice('xprt:'.length)), { ...labels, transport: `${i}` })
  }
  addOperations(page, lines, labels)
}

/** UDP has no connections; RDMA has none of the slots and queues at the end. */
function addTransport(page: MetricPage, fields: readonly string[], labels: PageLabels): void {
  const [protocol, , bind, ...rest] = fields
  const [connect, , idleTime, ...counts] = protocol === 'udp' ? ['0', '0', '0', ...rest] : rest
  const [sends, receives, badXids, , backlog, ...queues] = counts
  const [maxSlots, sending, pending] = protocol === 'rdma' ? [] : queues
  const values = {
    bind,
    connect,
    idleTime,
    sends,
    receives,
    badXids,
    backlog,
    maxSlots,
    sending,
    pending,
  }
  for (const [name, family] of Object.entries(transport)) {
    // Older kernels tell less; what they do not tell is 0.
    const value = values[name as keyof typeof values] ?? '0'
    page.add(family, numberOf(value), labels)
  }
}

function addOperations(page: MetricPage, lines: readonly string[], labels: PageLabels): void {
  const start = lines.indexOf('per-op statistics')
  if (start < 0) return
  for (const line of lines.slice(start + 1)) {
    const [name = '', ...fields] = fieldsOf(line)
    if (!name.endsWith(':')) continue
    const operation = name.slice(0, -1)
    for (const [i, family] of operations.entries()) {
      const field = fields[i]
      if (field === undefined) continue
      const value = family.name.endsWith('_seconds_total') ? secondsOf(field) : numberOf(field)
      page.add(family, value, { ...labels, operation })
    }
  }
}

/**
 * Of ms. The kernel's sums of times run below 0, which is 2^64 less a little; they turn at 2^53,
 * so that what they grow by remains exact.
 */
function secondsOf(ms: string): number {
  return Number(BigInt.asUintN(53, BigInt(ms))) / 1000
}

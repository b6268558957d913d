// The page of prometheus.exporter.process. Families, labels and help are those of Alloy 1.18.

import { setImmediate } from 'node:timers/promises'
import type { ProgramFacts } from '../../../../engine/component.ts'
import { type FamilySpec, MetricPage } from '../../../../wire/exposition/metric_page.ts'
import { stateNames } from './group_use.ts'
import type { Counts } from './linux_process.ts'
import type { TrackedGroup, Tracker } from './tracker.ts'

export interface PageOptions {
  readonly tracksThreads: boolean
  readonly gathersSmaps: boolean
}

/** Groups after which others get a turn: each has some thirty series and more of threads. */
const groupsPerSlice = 20

/** What Go's zero time is in Unix seconds, the start of a group without processes. */
const zeroTimeSeconds = -62_135_596_800

type Type = FamilySpec['type']

function group(name: string, type: Type, help: string): FamilySpec {
  return { name: `namedprocess_namegroup_${name}`, type, help }
}

const contextSwitches = group('context_switches_total', 'counter', 'Context switches')
const cpuSeconds = group('cpu_seconds_total', 'counter', 'Cpu user usage in seconds')
const majorFaults = group('major_page_faults_total', 'counter', 'Major page faults')
const minorFaults = group('minor_page_faults_total', 'counter', 'Minor page faults')
const memoryBytes = group('memory_bytes', 'gauge', 'number of bytes of memory in use')
const processCount = group('num_procs', 'gauge', 'number of processes in this group')
const threadTotal = group('num_threads', 'gauge', 'Number of threads')
const oldestStart = group(
  'oldest_start_time_seconds',
  'gauge',
  'start time in seconds since 1970/01/01 of oldest process in group',
)
const openFiles = group('open_filedesc', 'gauge', 'number of open file descriptors for this group')
const readBytes = group('read_bytes_total', 'counter', 'number of bytes read by this group')
const writeBytes = group('write_bytes_total', 'counter', 'number of bytes written by this group')
const states = group(
  'states',
  'gauge',
  'Number of processes in states Running, Sleeping, Waiting, Zombie, or Other',
)
const wchans = group(
  'threads_wchan',
  'gauge',
  'Number of threads in this group waiting on each wchan',
)
const worstFileRatio = group(
  'worst_fd_ratio',
  'gauge',
  'the worst (closest to 1) ratio between open fds and max fds among all procs in this group',
)
const threadCount = group(
  'thread_count',
  'gauge',
  'Number of threads in this group with same threadname',
)
const threadSwitches = group(
  'thread_context_switches_total',
  'counter',
  'Context switches for these threads',
)
const threadCpu = group('thread_cpu_seconds_total', 'counter', 'Cpu user/system usage in seconds')
const threadIo = group(
  'thread_io_bytes_total',
  'counter',
  'number of bytes read/written by these threads',
)
const threadMajorFaults = group(
  'thread_major_page_faults_total',
  'counter',
  'Major page faults for these threads',
)
const threadMinorFaults = group(
  'thread_minor_page_faults_total',
  'counter',
  'Minor page faults for these threads',
)

const scrapeErrors: FamilySpec = {
  name: 'namedprocess_scrape_errors',
  type: 'counter',
  help: 'general scrape errors: no proc metrics collected during a cycle',
}
const readErrors: FamilySpec = {
  name: 'namedprocess_scrape_procread_errors',
  type: 'counter',
  help: "incremented each time a proc's metrics collection fails",
}
const partialErrors: FamilySpec = {
  name: 'namedprocess_scrape_partial_errors',
  type: 'counter',
  help:
    "incremented each time a tracked proc's metrics collection fails partially, e.g. " +
    'unreadable I/O stats',
}
const buildInfo: FamilySpec = {
  name: 'process_exporter_build_info',
  type: 'gauge',
  help:
    "A metric with a constant '1' value labeled by version, revision, branch, " +
    'goversion from which process_exporter was built, and the goos and goarch for the ' +
    'build.',
}

/** Reads all processes again, and gives the event loop its turns on the way. */
export async function processPage(
  tracker: Tracker,
  options: PageOptions,
  program: ProgramFacts,
): Promise<MetricPage> {
  const page = new MetricPage()
  let count = 0
  for (const [groupname, tracked] of await tracker.update()) {
    if (++count % groupsPerSlice === 0) await setImmediate()
    addGroup(page, groupname, tracked, options)
    if (options.tracksThreads) addThreads(page, groupname, tracked)
  }
  page.add(scrapeErrors, tracker.scrapeErrors)
  page.add(readErrors, tracker.readErrors)
  page.add(partialErrors, tracker.partialErrors)
  page.add(buildInfo, 1, buildLabels(program))
  return page
}

function addGroup(
  page: MetricPage,
  groupname: string,
  { totals, use }: TrackedGroup,
  { gathersSmaps }: PageOptions,
): void {
  const { counts } = totals
  addCounts(page, { groupname }, counts, { cpuSeconds, contextSwitches })
  page.add(majorFaults, counts.majorFaults, { groupname })
  page.add(minorFaults, counts.minorFaults, { groupname })
  page.add(readBytes, counts.readBytes, { groupname })
  page.add(writeBytes, counts.writeBytes, { groupname })
  page.add(memoryBytes, use.residentBytes, { groupname, memtype: 'resident' })
  page.add(memoryBytes, use.virtualBytes, { groupname, memtype: 'virtual' })
  page.add(memoryBytes, use.swappedBytes, { groupname, memtype: 'swapped' })
  if (gathersSmaps) {
    const { proportionalResidentBytes, proportionalSwappedBytes } = use
    page.add(memoryBytes, proportionalResidentBytes, { groupname, memtype: 'proportionalResident' })
    page.add(memoryBytes, proportionalSwappedBytes, { groupname, memtype: 'proportionalSwapped' })
  }
  const oldestSeconds = Number.isFinite(use.oldestStartSeconds)
    ? Math.floor(use.oldestStartSeconds)
    : zeroTimeSeconds
  page.add(processCount, use.processes, { groupname })
  page.add(threadTotal, use.threads, { groupname })
  page.add(oldestStart, oldestSeconds, { groupname })
  page.add(openFiles, use.openFiles, { groupname })
  page.add(worstFileRatio, use.worstFileRatio, { groupname })
  for (const state of stateNames) page.add(states, use.states.get(state) ?? 0, { groupname, state })
  for (const [wchan, count] of use.wchans) page.add(wchans, count, { groupname, wchan })
}

function addThreads(page: MetricPage, groupname: string, { totals, use }: TrackedGroup): void {
  for (const [threadname, count] of use.threadNames) {
    const labels = { groupname, threadname }
    page.add(threadCount, count, labels)
    const counts = totals.threads.get(threadname)
    if (counts === undefined) continue
    addCounts(page, labels, counts, { cpuSeconds: threadCpu, contextSwitches: threadSwitches })
    page.add(threadIo, counts.readBytes, { ...labels, iomode: 'read' })
    page.add(threadIo, counts.writeBytes, { ...labels, iomode: 'write' })
    page.add(threadMajorFaults, counts.majorFaults, labels)
    page.add(threadMinorFaults, counts.minorFaults, labels)
  }
}

function addCounts(
  page: MetricPage,
  labels: Readonly<Record<string, string>>,
  counts: Counts,
  families: { cpuSeconds: FamilySpec; contextSwitches: FamilySpec },
): void {
  page.add(families.cpuSeconds, counts.userSeconds, { ...labels, mode: 'user' })
  page.add(families.cpuSeconds, counts.systemSeconds, { ...labels, mode: 'system' })
  const { nonvoluntarySwitches, voluntarySwitches } = counts
  const switches = families.contextSwitches
  page.add(switches, voluntarySwitches, { ...labels, ctxswitchtype: 'voluntary' })
  page.add(switches, nonvoluntarySwitches, { ...labels, ctxswitchtype: 'nonvoluntary' })
}

function buildLabels({ version }: ProgramFacts): Readonly<Record<string, string>> {
  return {
    branch: '',
    goarch: process.arch === 'x64' ? 'amd64' : process.arch,
    goos: process.platform,
    goversion: '',
    revision: 'unknown',
    tags: '',
    version,
  }
}

// What Node.js knows of the process, for whoever looks for a fault in it.

import type { IntervalHistogram } from 'node:perf_hooks'
import process from 'node:process'
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'

export interface ReportFacts {
  /** With the `v`. */
  readonly version: string
  /** Of the event loop while the bundle was made, in ns. */
  readonly loopDelay: IntervalHistogram
}

/** As JSON. There are no variables of the environment in it. */
export function processReport({ version, loopDelay }: ReportFacts): string {
  const report = {
    version,
    versions: process.versions,
    uptimeSeconds: process.uptime(),
    eventLoop: {
      utilization: performance.eventLoopUtilization().utilization,
      delayMs: delays(loopDelay),
    },
    memory: process.memoryUsage(),
    heap: getHeapStatistics(),
    heapSpaces: getHeapSpaceStatistics(),
    resourceUsage: process.resourceUsage(),
    activeResources: counted(process.getActiveResourcesInfo()),
    process: diagnosticReport(),
  }
  return JSON.stringify(report, undefined, 2)
}

function delays({ count, max, mean, min, percentiles }: IntervalHistogram) {
  const inMs = (ns: number) => (Number.isFinite(ns) ? ns / 1e6 : 0)
  const points = [...percentiles].map(([percentile, ns]) => [percentile, inMs(ns)] as const)
  return { count, min: inMs(min), mean: inMs(mean), max: inMs(max), percentiles: points }
}

function counted(kinds: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

/** Its command line is left out too: the flags have a file of their own. */
function diagnosticReport(): unknown {
  const report: DiagnosticReport | undefined = process.report
  if (report === undefined) return {}
  const { excludeNetwork = false } = report
  // Otherwise it asks for the names of all peers, and waits for each.
  report.excludeNetwork = true
  try {
    const { environmentVariables: _, header, ...rest } = report.getReport() as Report
    const { commandLine: __, ...facts } = header ?? {}
    return { header: facts, ...rest }
  } finally {
    report.excludeNetwork = excludeNetwork
  }
}

/** Known since Node.js 20.13, though its types do not say so. */
type DiagnosticReport = NodeJS.ProcessReport & { excludeNetwork?: boolean }

interface Report {
  readonly environmentVariables?: unknown
  readonly header?: { readonly commandLine?: unknown }
}

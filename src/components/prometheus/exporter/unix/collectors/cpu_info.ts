// What the CPUs are, from /proc/cpuinfo: part of the collector cpu, on request.

import { compileRe2, type Re2 } from '../../../../../go/re2.ts'
import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { gauge, type UnixArguments } from '../collector.ts'
import type { Host } from '../host.ts'
import { optionalNumber } from '../proc_text.ts'

const info = gauge('node_cpu_info', 'CPU information from /proc/cpuinfo.')
const frequency = gauge('node_cpu_frequency_hertz', 'CPU frequency in hertz from /proc/cpuinfo.')
const flagInfo = gauge(
  'node_cpu_flag_info',
  'The `flags` field of CPU information from /proc/cpuinfo taken from the first core.',
)
const bugInfo = gauge(
  'node_cpu_bug_info',
  'The `bugs` field of CPU information from /proc/cpuinfo taken from the first core.',
)

type Fields = ReadonlyMap<string, string>

/**
 * What adds the series that the arguments ask for. A pattern asks for `info`, too, as in the
 * original. Throws for a pattern that is none.
 */
export function cpuInfo(
  args: UnixArguments['cpu'],
  host: Host,
): (page: MetricPage) => Promise<void> {
  const flags = patternOf(args.flags_include)
  const bugs = patternOf(args.bugs_include)
  if (!args.info && flags === undefined && bugs === undefined) return async () => undefined
  return async (page) => {
    const cpus = cpusOf(await host.read(host.proc('cpuinfo')))
    const [first] = cpus
    // The collector cpufreq gives the same family where the kernel tells it there.
    const measured = host.sys('devices/system/cpu/cpu0/cpufreq/cpuinfo_cur_freq')
    const withFrequency = (await host.attribute(measured)) === undefined
    for (const fields of cpus) addCpu(page, fields, withFrequency)
    for (const flag of wordsOf(first, 'flags', flags)) page.add(flagInfo, 1, { flag })
    for (const bug of wordsOf(first, 'bugs', bugs)) page.add(bugInfo, 1, { bug })
  }
}

function patternOf(pattern: string): Re2 | undefined {
  if (pattern === '') return undefined
  try {
    return compileRe2(pattern)
  } catch (error) {
    const { message } = error as Error
    throw new Error(
      'fail to compile --collector.cpu.info.flags-include and ' +
        '--collector.cpu.info.bugs-include, the values of them must be regular expressions: ' +
        message,
    )
  }
}

/** Blank lines part the CPUs. Only those with a number count: ARM adds a part on the board. */
function cpusOf(text: string): Fields[] {
  const cpus: Fields[] = []
  for (const part of text.split(/\n\s*\n/)) {
    const fields = new Map<string, string>()
    for (const line of part.split('\n')) {
      const colon = line.indexOf(':')
      if (colon > 0) fields.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
    }
    if (fields.has('processor')) cpus.push(fields)
  }
  return cpus
}

function addCpu(page: MetricPage, fields: Fields, withFrequency: boolean): void {
  const text = (key: string) => fields.get(key) ?? ''
  const place = { package: text('physical id'), core: text('core id'), cpu: text('processor') }
  page.add(info, 1, {
    ...place,
    vendor: text('vendor_id'),
    family: text('cpu family'),
    model: text('model'),
    model_name: text('model name'),
    microcode: text('microcode'),
    stepping: text('stepping'),
    cachesize: text('cache size'),
  })
  const megahertz = optionalNumber(fields.get('cpu MHz'))
  if (withFrequency && megahertz !== undefined) page.add(frequency, megahertz * 1e6, place)
}

/** The words of a field that the pattern takes, each once. */
function wordsOf(fields: Fields | undefined, key: string, pattern: Re2 | undefined): Set<string> {
  const words = pattern === undefined ? [] : (fields?.get(key) ?? '').split(/\s+/)
  return new Set(words.filter((word) => word !== '' && pattern?.test(word)))
}

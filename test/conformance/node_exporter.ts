// node-exporter: the families of the page over a recorded host.

import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registered } from '../../src/components/prometheus/exporter/unix/collectors.ts'
import runner from '../../src/components/prometheus/exporter/unix/run.ts'
import { declaration } from '../../src/components/prometheus/exporter/unix.ts'
import { Scope } from '../../src/eval/scope.ts'
import { quote } from '../../src/go/quote.ts'
import { bytesOf } from '../../src/go/text.ts'
import { decodeBlock } from '../../src/schema/decode.ts'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import { componentContext } from '../support/component_context.ts'
import { type Case, difference, foldersIn, readTable } from './harness.ts'
import { unpackTtar } from './ttar.ts'

interface Settings {
  readonly enabled_collectors: readonly string[]
  readonly disabled_collectors: readonly string[]
  readonly ignore_lines_matching: string
}

interface Row {
  readonly name: string
  readonly text: string
}

/** Where the tree lay when the page was recorded. */
const recordedTree = 'collector/fixtures'

/** The default of the recorded version, which knows two fields more than Alloy's. */
const netstatFields =
  '^(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts|TCPOFOQueue|TCPRcvQDrop)|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$'

export async function* cases(dir: string): AsyncGenerator<Case> {
  const settings: Settings = JSON.parse(readFileSync(join(dir, 'settings.json'), 'utf8'))
  const tree = mkdtempSync(join(tmpdir(), 'recorded-host-'))
  try {
    unpack(join(dir, 'tree'), tree)
    const page = (await pageOf(settings, tree)).replaceAll(tree, recordedTree)
    const families = familiesOf(page, settings)
    for (const { name, text } of readTable<Row>(dir, 'families')) {
      const run = () => difference(families.get(name) ?? '', sorted(text))
      yield { id: `node-exporter/families/${name}`, run }
    }
  } finally {
    rmSync(tree, { recursive: true })
  }
}

function unpack(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  makeWritable(to)
  for (const archive of ['sys.ttar', 'udev.ttar']) {
    unpackTtar(readFileSync(join(from, archive), 'utf8'), to)
  }
  // The recorded exporter asked its own machine by netlink, which has no file in the tree.
  const devices = join(to, 'proc/net/dev')
  if (!existsSync(devices)) writeFileSync(devices, readFileSync('/proc/net/dev'))
  const self = join(to, 'proc/self')
  if (!existsSync(self)) symlinkSync('10', self)
}

/** What was copied from a tree that nobody may write to. */
function makeWritable(dir: string): void {
  chmodSync(dir, 0o755)
  for (const name of foldersIn(dir)) makeWritable(join(dir, name))
}

async function pageOf(settings: Settings, tree: string): Promise<string> {
  const text = configOf(settings, tree)
  const file = parseFile(createSource('', bytesOf(text)), new Diagnostics())
  const { args, problems } = decodeBlock(declaration.arguments, file, Scope.empty)
  if (args === undefined) throw new Error(problems[0]?.message)
  const { context } = componentContext<typeof declaration>('prometheus.exporter.unix.recorded')
  const component = await runner.open(context, args)
  const { signal } = new AbortController()
  const answer = await component.http?.({ method: 'GET', path: '/', headers: {}, signal })
  return Buffer.from(answer?.body ?? []).toString()
}

/** The flags of the settings, as arguments. */
function configOf(settings: Settings, tree: string): string {
  // The recorded exporter has it on by default.
  const enabled = [...settings.enabled_collectors, 'dmmultipath']
  const possible = (name: string) => typeof registered[name]?.build === 'function'
  return `
    include_exporter_metrics = true
    procfs_path = ${quote(join(tree, 'proc'))}
    sysfs_path = ${quote(join(tree, 'sys'))}
    rootfs_path = ${quote(tree)}
    udev_data_path = ${quote(join(tree, 'udev/data'))}
    enable_collectors = [${enabled.filter(possible).map(quote).join(', ')}]
    disable_collectors = [${settings.disabled_collectors.map(quote).join(', ')}]
    arp { device_exclude = "nope" }
    bcache { priority_stats = true }
    cpu {
      guest = true
      info = true
      bugs_include = "^(cpu_meltdown|spectre_.*|mds)$"
      flags_include = "^(aes|avx.?|constant_tsc)$"
    }
    hwmon { chip_include = "(applesmc|asus_nb_wmi|coretemp|hwmon4|ieee80211|nct6779)" }
    netclass {
      ignore_invalid_speed_device = true
      ignored_devices = "(dmz|int)"
    }
    netdev { device_include = "lo" }
    netstat { fields = ${quote(netstatFields)} }
    sysctl {
      include = ["fs.file-nr", "fs.file-nr:total,current,max", "kernel.threads-max"]
      include_info = ["kernel.seccomp.actions_avail"]
    }
    textfile { directory = ${quote(join(tree, 'textfile/two_metric_files'))} }
  `
}

/** Each family's lines, its samples sorted, without those that differ from run to run. */
function familiesOf(page: string, settings: Settings): Map<string, string> {
  const ignored = new RegExp(settings.ignore_lines_matching)
  const families = new Map<string, string[]>()
  let lines: string[] = []
  for (const line of page.split('\n')) {
    const name = /^# HELP (\S+)/.exec(line)?.[1]
    if (name !== undefined) {
      lines = []
      families.set(name, lines)
    }
    if (line !== '' && !ignored.test(line)) lines.push(line)
  }
  return new Map([...families].map(([name, found]) => [name, sorted(`${found.join('\n')}\n`)]))
}

function sorted(text: string): string {
  const lines = text.split('\n')
  const isSample = (line: string) => line !== '' && !line.startsWith('#')
  const head = lines.filter((line) => line.startsWith('#'))
  return `${[...head, ...lines.filter(isSample).sort()].join('\n')}\n`
}

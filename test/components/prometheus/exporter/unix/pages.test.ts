import fc from 'fast-check'
import { expect, it } from 'vitest'
import { registered } from '../../../../../src/components/prometheus/exporter/unix/collectors.ts'
import { hostOf } from '../../../../../src/components/prometheus/exporter/unix/host.ts'
import { silentLogger } from '../../../../../src/model/logger.ts'
import { MetricPage } from '../../../../../src/wire/exposition/metric_page.ts'
import { Entry, ExpositionReader } from '../../../../../src/wire/exposition/reader.ts'
import {
  pathArguments,
  type Tree,
  unixArguments,
  withDirectory,
  writeTree,
} from '../../../../support/unix_tree.ts'

const machine: Tree = {
  'proc/1/mountinfo': '27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard\n',
  'proc/buddyinfo': 'Node 0, zone      DMA      1      0      2 \n',
  'proc/cgroups': '#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpuset\t5\t47\t1\n',
  'proc/cpuinfo': 'processor\t: 0\nmodel name\t: CPU\nflags\t\t: aes\nbugs\t\t: mds\n',
  'proc/diskstats': '   8       0 sda 10 1 2 1500 20 3 4 1600 5 9653880 7 11 12 13 14 15 16 17\n',
  'proc/drbd':
    ' 1: cs:Connected ro:Primary/Secondary ds:UpToDate/Inconsistent C r-----\n    ns:1\n',
  'proc/interrupts':
    '  CPU0\n 16:  328511  IO-APIC  usb1, mmc0\nNMI:  47  Non-maskable interrupts\n',
  'proc/loadavg': '0.21 0.37 0.39 1/719 19737\n',
  'proc/mdstat': 'md0 : active raid1 sdi2[0] sdj2[1]\n      312319552 blocks [2/2] [UU]\n',
  'proc/meminfo': 'MemTotal:        3742148 kB\nActive(anon):    2019992 kB\n',
  'proc/net/arp': 'IP HW Flags HW Mask Device\n10.0.0.1 0x1 0x2 de:ad:be:ef:00:00 * eth0\n',
  'proc/net/dev':
    'Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n    lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n',
  'proc/net/ip_vs': 'x\nx\nx\nTCP  C0A80016:0CEA wlc\n  -> C0A85216:0CEA Tunnel 100 248 2\n',
  'proc/net/ip_vs_stats': 'x\nx\n 16AA370 E33656E5        0     51D8C8883AB3                F\n',
  'proc/net/netstat': 'TcpExt: SyncookiesSent\nTcpExt: 7\n',
  'proc/net/snmp': 'Ip: Forwarding\nIp: 1\n',
  'proc/net/snmp6': 'Ip6InOctets 5\n',
  'proc/net/sockstat': 'sockets: used 229\nTCP: inuse 4 orphan 0 mem 1\n',
  'proc/net/softnet_stat': '00000001 00000002 00000003 00000000\n',
  'proc/net/stat/nf_conntrack': 'entries found\n00000021 00000001\n',
  'proc/net/xfrm_stat': 'XfrmInError 1\n',
  'proc/pressure/cpu': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=14036781\n',
  'proc/schedstat':
    'version 15\ncpu0 498494191 0 3533438552 2553969831 3853684107 2465731542 2045936778163 343796328169361 4767485306\n',
  'proc/self/mountstats':
    'device h:/x mounted on /mnt with fstype nfs4 statvers=1.1\n\tage:\t13968\n\tbytes:\t1 2 3\n\txprt:\ttcp 832 1 2 3 4 5 6 7 8 9\n\tper-op statistics\n\t READ: 1 2 3 4 5 6 7 8\n',
  'proc/slabinfo':
    'slabinfo - version: 2.1\n# name\ntw_sock_TCP 704 864 256 32 2 : tunables 0 0 0 : slabdata 27 27 0\n',
  'proc/softirqs': '  CPU0\n HI: 7\n',
  'proc/stat': 'cpu  1 2 3 4\ncpu0 100 200 300 400\nintr 5\nctxt 6\nbtime 7\nprocesses 8\n',
  'proc/sys/fs/file-nr': '1024\t0\t9223372036854775807\n',
  'proc/sys/kernel/random/entropy_avail': '1337\n',
  'proc/sys/kernel/random/poolsize': '4096\n',
  'proc/vmstat': 'oom_kill 0\npgfault 5\n',
  'proc/zoneinfo': 'Node 0, zone      DMA\n  pages free     2949\n        min      8\n',
  'sys/class/hwmon/hwmon0/name': 'nct6779\n',
  'sys/class/hwmon/hwmon0/temp1_input': '55000\n',
  'sys/class/hwmon/hwmon0/temp1_label': 'Left "side"\n',
  'sys/class/net/bonding_masters': 'dmz\n',
  'sys/class/net/dmz/bonding/slaves': 'eth0\n',
  'sys/class/net/dmz/flags': '0x1003\n',
  'sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq': '1699981\n',
  'sys/devices/system/cpu/isolated': '1,3-4\n',
  'sys/fs/btrfs/a-b/commit_stats': 'commits 258051\n',
  'sys/fs/btrfs/a-b/label': 'fixture\n',
  'udev/b8:0': 'E:ID_MODEL=DISK\nE:ID_FS_TYPE=ext4\n',
  'etc/os-release': 'NAME="Debian"\nVERSION_ID="12"\n',
}

/** What the kernel never writes, at any place of any file. */
const damage = fc.record({
  file: fc.constantFrom(...Object.keys(machine)),
  at: fc.nat(400),
  removed: fc.nat(20),
  inserted: fc.oneof(
    fc.constantFrom('', '\n', ' ', '-1', '"', '\\', ':', '99999999999999999999', '{', 'é', '\0'),
    fc.string({ maxLength: 8 }),
  ),
})

/** The page of a machine in `root`, and what went wrong. */
async function collectAll(root: string): Promise<{ page: string; failures: string[] }> {
  const args = unixArguments(
    `${pathArguments(root)}\ncpu {\n info = true\n flags_include = ".*"\n bugs_include = ".*"\n}`,
  )
  const page = new MetricPage()
  const failures: string[] = []
  for (const [name, { build }] of Object.entries(registered)) {
    if (typeof build === 'string' || asksOthers.has(name)) continue
    const own = new MetricPage()
    try {
      const collector = await build({ args, host: hostOf(args), logger: silentLogger })
      await collector.collect(own)
    } catch (error) {
      expect(error).toBeInstanceOf(Error)
      failures.push(name)
    }
    failures.push(...page.take(own))
  }
  return { page: page.text(), failures }
}

/** Sockets, and what is the same whatever the tree. */
const asksOthers = new Set(['logind', 'ntp', 'supervisord', 'systemd', 'tcpstat'])

/** Throws where the page does not parse. */
function seriesOf(page: string): number {
  const reader = new ExpositionReader('prometheus')
  reader.open(Buffer.from(page))
  let count = 0
  for (let entry = reader.next(); entry !== Entry.end; entry = reader.next()) {
    if (entry === Entry.series && reader.labels.length > 0) count++
  }
  return count
}

it('reads the whole machine', async () => {
  await withDirectory(async (root) => {
    writeTree(root, machine)
    const { failures, page } = await collectAll(root)
    expect(seriesOf(page)).toBeGreaterThan(150)
    for (const name of ['diskstats', 'interrupts', 'mountstats', 'netdev', 'stat']) {
      expect(failures).not.toContain(name)
    }
  })
})

it('gives a page that parses, or an error, whatever is in the files', async () => {
  await withDirectory(async (root) => {
    writeTree(root, machine)
    const property = fc.asyncProperty(damage, async ({ at, file, inserted, removed }) => {
      const text = machine[file] ?? ''
      const start = at % (text.length + 1)
      writeTree(root, { [file]: text.slice(0, start) + inserted + text.slice(start + removed) })
      seriesOf((await collectAll(root)).page)
      writeTree(root, { [file]: text })
    })
    await fc.assert(property, { numRuns: 50 })
  })
}, 60_000)

// The collectors of prometheus.exporter.unix by name, and which of them the arguments choose.

import type { Logger } from '../../../../model/logger.ts'
import type { BuildCollector, Collector, UnixArguments } from './collector.ts'
import { arp } from './collectors/arp.ts'
import { bcache } from './collectors/bcache.ts'
import { bcachefs } from './collectors/bcachefs.ts'
import { bonding } from './collectors/bonding.ts'
import { btrfs } from './collectors/btrfs.ts'
import { buddyinfo } from './collectors/buddyinfo.ts'
import { cgroups } from './collectors/cgroups.ts'
import { conntrack } from './collectors/conntrack.ts'
import { cpu } from './collectors/cpu.ts'
import { cpuVulnerabilities } from './collectors/cpu_vulnerabilities.ts'
import { cpufreq } from './collectors/cpufreq.ts'
import { diskstats } from './collectors/diskstats.ts'
import { dmi } from './collectors/dmi.ts'
import { dmmultipath } from './collectors/dmmultipath.ts'
import { drbd } from './collectors/drbd.ts'
import { drm } from './collectors/drm.ts'
import { edac } from './collectors/edac.ts'
import { entropy } from './collectors/entropy.ts'
import { fibrechannel } from './collectors/fibrechannel.ts'
import { filefd } from './collectors/filefd.ts'
import { filesystem } from './collectors/filesystem.ts'
import { hwmon } from './collectors/hwmon.ts'
import { infiniband } from './collectors/infiniband.ts'
import { interrupts } from './collectors/interrupts.ts'
import { ipvs } from './collectors/ipvs.ts'
import { kernelHung } from './collectors/kernel_hung.ts'
import { ksmd } from './collectors/ksmd.ts'
import { lnstat } from './collectors/lnstat.ts'
import { loadavg } from './collectors/loadavg.ts'
import { logind } from './collectors/logind.ts'
import { mdadm } from './collectors/mdadm.ts'
import { meminfo } from './collectors/meminfo.ts'
import { meminfoNuma } from './collectors/meminfo_numa.ts'
import { mountstats } from './collectors/mountstats.ts'
import { netclass } from './collectors/netclass.ts'
import { netdev } from './collectors/netdev.ts'
import { netstat } from './collectors/netstat.ts'
import { nfs } from './collectors/nfs.ts'
import { nfsd } from './collectors/nfsd.ts'
import { ntp } from './collectors/ntp.ts'
import { nvme } from './collectors/nvme.ts'
import { os } from './collectors/os.ts'
import { pcidevice } from './collectors/pcidevice.ts'
import { powersupplyclass } from './collectors/powersupplyclass.ts'
import { pressure } from './collectors/pressure.ts'
import { processes } from './collectors/processes.ts'
import { rapl } from './collectors/rapl.ts'
import { runit } from './collectors/runit.ts'
import { schedstat } from './collectors/schedstat.ts'
import { selinux } from './collectors/selinux.ts'
import { slabinfo } from './collectors/slabinfo.ts'
import { sockstat } from './collectors/sockstat.ts'
import { softirqs } from './collectors/softirqs.ts'
import { softnet } from './collectors/softnet.ts'
import { stat } from './collectors/stat.ts'
import { supervisord } from './collectors/supervisord.ts'
import { sysctl } from './collectors/sysctl.ts'
import { systemd } from './collectors/systemd.ts'
import { tapestats } from './collectors/tapestats.ts'
import { tcpstat } from './collectors/tcpstat.ts'
import { textfile } from './collectors/textfile.ts'
import { thermalZone } from './collectors/thermal_zone.ts'
import { time } from './collectors/time.ts'
import { udpQueues } from './collectors/udp_queues.ts'
import { uname } from './collectors/uname.ts'
import { vmstat } from './collectors/vmstat.ts'
import { watchdog } from './collectors/watchdog.ts'
import { xfrm } from './collectors/xfrm.ts'
import { xfs } from './collectors/xfs.ts'
import { zfs } from './collectors/zfs.ts'
import { zoneinfo } from './collectors/zoneinfo.ts'
import { hostOf, openHost } from './host.ts'

interface Registered {
  readonly isDefault: boolean
  /** Or why there is none, as the end of "cannot collect NAME: ". */
  readonly build: BuildCollector | string
}

const byDefault = (build: BuildCollector | string): Registered => ({ isDefault: true, build })
const onRequest = (build: BuildCollector | string): Registered => ({ isDefault: false, build })

/** In order of name. */
export const registered: { readonly [name: string]: Registered } = {
  arp: byDefault(arp),
  bcache: byDefault(bcache),
  bcachefs: onRequest(bcachefs),
  bonding: byDefault(bonding),
  btrfs: byDefault(btrfs),
  buddyinfo: onRequest(buddyinfo),
  cgroups: onRequest(cgroups),
  conntrack: byDefault(conntrack),
  cpu: byDefault(cpu),
  cpu_vulnerabilities: onRequest(cpuVulnerabilities),
  cpufreq: byDefault(cpufreq),
  diskstats: byDefault(diskstats),
  dmi: byDefault(dmi),
  dmmultipath: onRequest(dmmultipath),
  drbd: onRequest(drbd),
  drm: onRequest(drm),
  edac: byDefault(edac),
  entropy: byDefault(entropy),
  ethtool: onRequest('drivers tell their statistics by ioctl only, which needs native code'),
  fibrechannel: byDefault(fibrechannel),
  filefd: byDefault(filefd),
  filesystem: byDefault(filesystem),
  hwmon: byDefault(hwmon),
  infiniband: byDefault(infiniband),
  interrupts: onRequest(interrupts),
  ipvs: byDefault(ipvs),
  kernel_hung: onRequest(kernelHung),
  ksmd: onRequest(ksmd),
  lnstat: onRequest(lnstat),
  loadavg: byDefault(loadavg),
  logind: onRequest(logind),
  mdadm: byDefault(mdadm),
  meminfo: byDefault(meminfo),
  meminfo_numa: onRequest(meminfoNuma),
  mountstats: onRequest(mountstats),
  netclass: byDefault(netclass),
  netdev: byDefault(netdev),
  netstat: byDefault(netstat),
  network_route: onRequest(
    'routes with their protocol come by netlink only, which needs native code',
  ),
  nfs: byDefault(nfs),
  nfsd: byDefault(nfsd),
  ntp: onRequest(ntp),
  nvme: byDefault(nvme),
  os: byDefault(os),
  pcidevice: onRequest(pcidevice),
  perf: onRequest('counters come by perf_event_open only, which needs native code'),
  powersupplyclass: byDefault(powersupplyclass),
  pressure: byDefault(pressure),
  processes: byDefault(processes),
  qdisc: onRequest('queues come by netlink only, which needs native code'),
  rapl: byDefault(rapl),
  runit: onRequest(runit),
  schedstat: byDefault(schedstat),
  selinux: byDefault(selinux),
  slabinfo: onRequest(slabinfo),
  sockstat: byDefault(sockstat),
  softirqs: onRequest(softirqs),
  softnet: byDefault(softnet),
  stat: byDefault(stat),
  supervisord: onRequest(supervisord),
  sysctl: onRequest(sysctl),
  systemd: onRequest(systemd),
  tapestats: byDefault(tapestats),
  tcpstat: onRequest(tcpstat),
  textfile: byDefault(textfile),
  thermal_zone: byDefault(thermalZone),
  time: byDefault(time),
  timex: byDefault('the clock is asked by adjtimex only, which needs native code'),
  udp_queues: byDefault(udpQueues),
  uname: byDefault(uname),
  vmstat: byDefault(vmstat),
  watchdog: onRequest(watchdog),
  wifi: onRequest('stations come by netlink only, which needs native code'),
  xfrm: onRequest(xfrm),
  xfs: byDefault(xfs),
  zfs: byDefault(zfs),
  zoneinfo: onRequest(zoneinfo),
}

export type Selection = Pick<
  UnixArguments,
  'set_collectors' | 'enable_collectors' | 'disable_collectors'
>

/** The chosen names, sorted. Names that nobody knows choose nothing, as in the original. */
export function chosenCollectors(selection: Selection): string[] {
  const { disable_collectors, enable_collectors, set_collectors } = selection
  const { length } = set_collectors
  const chosen = new Set(length > 0 ? set_collectors : defaultCollectors())
  for (const name of disable_collectors) chosen.delete(name)
  for (const name of enable_collectors) chosen.add(name)
  return [...chosen].filter((name) => Object.hasOwn(registered, name)).sort()
}

function defaultCollectors(): string[] {
  return Object.keys(registered).filter((name) => registered[name]?.isDefault)
}

/**
 * Builds the chosen collectors. Throws where an argument is wrong, and where a collector that was
 * asked for by name cannot work here; a default one of that kind is left out.
 */
export async function buildCollectors(args: UnixArguments, logger: Logger): Promise<Collector[]> {
  const names = chosenCollectors(args)
  const host = names.length === 0 ? hostOf(args) : await openHost(args)
  const asked = new Set([...args.set_collectors, ...args.enable_collectors])
  const collectors: Collector[] = []
  for (const name of names) {
    const build = registered[name]?.build
    if (typeof build === 'function') {
      const setting = { args, host, logger: logger.with({ collector: name }) }
      collectors.push(await build(setting))
    } else if (asked.has(name)) {
      throw new Error(`cannot collect ${name}: ${build}`)
    }
  }
  return collectors
}

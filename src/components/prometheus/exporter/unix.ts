// prometheus.exporter.unix: collects metrics of the machine from a Unix system.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const arp = schema({
  device_exclude: optional(
    string,
    '',
    'Pattern of devices to leave out; not together with device_include.',
  ),
  device_include: optional(
    string,
    '',
    'Pattern of devices to include; not together with device_exclude.',
  ),
  netlink: optional(
    bool,
    false,
    'Whether neighbours are asked for by netlink rather than read from the proc file system; ' +
      'refused, for it needs native code.',
  ),
})

const bcache = schema({
  priority_stats: optional(
    bool,
    false,
    'Whether priority statistics are exported, which costs much time.',
  ),
})

const cpu = schema({
  bugs_include: optional(string, '', 'Pattern of the `bugs` in cpuinfo to export.'),
  guest: optional(
    bool,
    false,
    'Whether time of guests is exported, which is part of user time too.',
  ),
  info: optional(bool, false, 'Whether a series tells what each CPU is.'),
  flags_include: optional(string, '', 'Pattern of the `flags` in cpuinfo to export.'),
})

const disk = schema(
  {
    device_exclude: optional(
      string,
      '^(ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$',
      'Pattern of devices to leave out; not together with device_include.',
    ),
    device_include: optional(
      string,
      '',
      'Pattern of devices to include; not together with device_exclude.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const ethtool = schema(
  {
    device_exclude: optional(
      string,
      '',
      'Pattern of devices to leave out; not together with device_include.',
    ),
    device_include: optional(
      string,
      '',
      'Pattern of devices to include; not together with device_exclude.',
    ),
    metrics_include: optional(string, '.*', 'Pattern of statistics to include.'),
  },
  { defaultsFrom: 'parent' },
)

const filesystem = schema(
  {
    fs_types_exclude: optional(
      string,
      '^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|tracefs)$',
      'Pattern of file system types to leave out.',
    ),
    mount_points_exclude: optional(
      string,
      '^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+)($|/)',
      'Pattern of mount points to leave out.',
    ),
    mount_timeout: optional(
      duration,
      '5s',
      'Time after which a mount that does not answer is given up.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const hwmon = schema({
  chip_exclude: optional(
    string,
    '',
    'Pattern of chips to leave out; not together with chip_include.',
  ),
  chip_include: optional(
    string,
    '',
    'Pattern of chips to include; not together with chip_exclude.',
  ),
})

const ipvs = schema({
  backend_labels: optional(
    list(string),
    [],
    'Labels by which backends are told apart, others are summed up; empty: all six.',
  ),
})

const ntp = schema(
  {
    ip_ttl: optional(int, 1, 'IP time to live of the query.'),
    local_offset_tolerance: optional(
      duration,
      '1ms',
      'Difference to the local clock up to which it counts as sane.',
    ),
    max_distance: optional(
      duration,
      '3.46608s',
      'Distance to the root server up to which it counts as sane.',
    ),
    protocol_version: optional(int, 4, 'Version of the NTP protocol.'),
    server: optional(string, '127.0.0.1', 'Server to ask.'),
    server_is_local: optional(
      bool,
      false,
      'Whether the server runs on this machine, so that the checks for public ones are left out.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const netclass = schema(
  {
    ignore_invalid_speed_device: optional(
      bool,
      false,
      'Whether devices of unknown speed have no speed rather than a wrong one.',
    ),
    ignored_devices: optional(string, '^$', 'Pattern of devices to leave out.'),
  },
  { defaultsFrom: 'parent' },
)

const netdev = schema({
  address_info: optional(bool, false, 'Whether a series tells the addresses of each device.'),
  device_exclude: optional(
    string,
    '',
    'Pattern of devices to leave out; not together with device_include.',
  ),
  device_include: optional(
    string,
    '',
    'Pattern of devices to include; not together with device_exclude.',
  ),
})

const netstat = schema(
  {
    fields: optional(
      string,
      '^(.*_(InErrors|InErrs)|Ip_Forwarding|Ip(6|Ext)_(InOctets|OutOctets)|Icmp6?_(InMsgs|OutMsgs)|TcpExt_(Listen.*|Syncookies.*|TCPSynRetrans|TCPTimeouts)|Tcp_(ActiveOpens|InSegs|OutSegs|OutRsts|PassiveOpens|RetransSegs|CurrEstab)|Udp6?_(InDatagrams|OutDatagrams|NoPorts|RcvbufErrors|SndbufErrors))$',
      'Pattern of fields to export.',
    ),
  },
  { defaultsFrom: 'parent' },
)

const perf = schema({
  cpus: optional(string, '', 'CPUs to collect from, as 0,2-6; empty: all.'),
  tracepoint: optional(list(string), [], 'Kernel tracepoints to count, as subsystem:event.'),
  disable_hardware_profilers: optional(bool, false, 'Whether hardware counters are left out.'),
  disable_software_profilers: optional(bool, false, 'Whether software counters are left out.'),
  disable_cache_profilers: optional(bool, false, 'Whether counters of caches are left out.'),
  hardware_profilers: optional(list(string), [], 'Hardware counters to collect; empty: all.'),
  software_profilers: optional(list(string), [], 'Software counters to collect; empty: all.'),
  cache_profilers: optional(list(string), [], 'Counters of caches to collect; empty: all.'),
})

const powersupply = schema(
  {
    ignored_supplies: optional(string, '^$', 'Pattern of power supplies to leave out.'),
  },
  { defaultsFrom: 'parent' },
)

const runit = schema(
  {
    service_dir: optional(string, '/etc/service', 'Directory of the services.'),
  },
  { defaultsFrom: 'parent' },
)

const supervisord = schema(
  {
    url: optional(string, 'http://localhost:9001/RPC2', 'XML-RPC endpoint of supervisord.'),
  },
  { defaultsFrom: 'parent' },
)

const sysctl = schema({
  include: optional(list(string), [], 'Numeric settings of the kernel to export.'),
  include_info: optional(list(string), [], 'Settings of the kernel to export as text.'),
})

const systemd = schema(
  {
    enable_restarts: optional(bool, false, 'Whether restarts of services are exported.'),
    start_time: optional(bool, false, 'Whether start times of units are exported.'),
    task_metrics: optional(bool, false, 'Whether tasks of units are counted.'),
    unit_exclude: optional(
      string,
      '.+\\.(automount|device|mount|scope|slice)',
      'Pattern of units to leave out.',
    ),
    unit_include: optional(string, '.+', 'Pattern of units to include.'),
  },
  { defaultsFrom: 'parent' },
)

const tapestats = schema(
  {
    ignored_devices: optional(string, '^$', 'Pattern of tape devices to leave out.'),
  },
  { defaultsFrom: 'parent' },
)

const textfile = schema({
  directory: optional(string, '', 'Directory whose *.prom files are read.'),
})

const vmstat = schema(
  {
    fields: optional(string, '^(oom_kill|pgpg|pswp|pg.*fault).*', 'Pattern of fields to export.'),
  },
  { defaultsFrom: 'parent' },
)

const componentArguments = schema({
  include_exporter_metrics: optional(
    bool,
    false,
    'Whether metrics about the exporter itself are added.',
  ),
  procfs_path: optional(string, '/proc', 'Where the proc file system is mounted.'),
  sysfs_path: optional(string, '/sys', 'Where the sys file system is mounted.'),
  rootfs_path: optional(
    string,
    '/',
    'What file systems are seen from, for one that runs in a container.',
  ),
  udev_data_path: optional(string, '/run/udev/data', 'Where udev keeps its data.'),
  enable_collectors: optional(
    list(string),
    [],
    'Collectors to run besides the default ones. Refused, for they need native code: ' +
      'ethtool, network_route, perf, qdisc, timex, wifi.',
  ),
  disable_collectors: optional(list(string), [], 'Default collectors not to run.'),
  set_collectors: optional(list(string), [], 'Collectors to run in place of the default ones.'),
  arp: defaultedBlock(arp, 'Neighbours that were resolved.'),
  bcache: defaultedBlock(bcache, 'Caches of block devices.'),
  cpu: defaultedBlock(cpu, 'CPU time and properties.'),
  disk: defaultedBlock(disk, 'Disks.'),
  ethtool: defaultedBlock(ethtool, 'Driver statistics of network devices.'),
  filesystem: defaultedBlock(filesystem, 'Mounted file systems.'),
  hwmon: defaultedBlock(hwmon, 'Sensors.'),
  ipvs: defaultedBlock(ipvs, 'Virtual servers of the kernel.'),
  ntp: defaultedBlock(ntp, 'An NTP server against the local clock.'),
  netclass: defaultedBlock(netclass, 'Properties of network devices.'),
  netdev: defaultedBlock(netdev, 'Traffic of network devices.'),
  netstat: defaultedBlock(netstat, 'Network statistics of the kernel.'),
  perf: defaultedBlock(perf, 'Counters of perf.'),
  powersupply: defaultedBlock(powersupply, 'Power supplies.'),
  runit: defaultedBlock(runit, 'Services of runit.'),
  supervisord: defaultedBlock(supervisord, 'Services of supervisord.'),
  sysctl: defaultedBlock(sysctl, 'Settings of the kernel.'),
  systemd: defaultedBlock(systemd, 'Units of systemd.'),
  tapestats: defaultedBlock(tapestats, 'Tape devices.'),
  textfile: defaultedBlock(textfile, 'Metrics that others write into files.'),
  vmstat: defaultedBlock(vmstat, 'Virtual memory statistics of the kernel.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.unix',
  stability: 'generally-available',
  summary: 'Collects metrics of the machine from a Unix system.',
  accepts: [],
  emits: ['targets'],
  wraps: 'node_exporter',
  platforms: ['linux', 'darwin'],
  requires: 'Permission to read what its collectors read; a few need root.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
  load: () => import('./unix/run.ts'),
})

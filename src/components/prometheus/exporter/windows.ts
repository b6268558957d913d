// prometheus.exporter.windows: collects metrics of the machine from Windows.

import { target } from '../../../model/targets.ts'
import { list, nullable } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string, uint8 } from '../../../schema/scalars.ts'
import { block, defaultedBlock, optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const dfsr = schema({
  sources_enabled: optional(
    list(string),
    [],
    'Kinds of objects to collect: connection, folder, volume; empty: all.',
  ),
})

const exchange = schema({
  enabled_list: optional(list(string), [], 'Collectors within the collector to run; empty: all.'),
})

const iis = schema({
  app_blacklist: optional(string, '', 'Old name of app_exclude.', {
    deprecated: 'Set app_exclude instead.',
  }),
  app_whitelist: optional(string, '', 'Old name of app_include.', {
    deprecated: 'Set app_include instead.',
  }),
  site_blacklist: optional(string, '', 'Old name of site_exclude.', {
    deprecated: 'Set site_exclude instead.',
  }),
  site_whitelist: optional(string, '', 'Old name of site_include.', {
    deprecated: 'Set site_include instead.',
  }),
  app_exclude: optional(string, '', 'Pattern of applications to leave out; empty: none.'),
  app_include: optional(string, '', 'Pattern of applications to include; empty: all.'),
  site_exclude: optional(string, '', 'Pattern of sites to leave out; empty: none.'),
  site_include: optional(string, '', 'Pattern of sites to include; empty: all.'),
})

const logicalDisk = schema({
  enabled_list: optional(
    list(string),
    [],
    'Collectors within the collector to run: metrics, bitlocker_status; empty: metrics.',
  ),
  blacklist: optional(string, '', 'Old name of exclude.', { deprecated: 'Set exclude instead.' }),
  whitelist: optional(string, '', 'Old name of include.', { deprecated: 'Set include instead.' }),
  include: optional(string, '', 'Pattern of volumes to include; empty: all.'),
  exclude: optional(string, '', 'Pattern of volumes to leave out; empty: none.'),
})

const msmq = schema({
  where_clause: optional(string, '', 'WQL condition on the queues; empty: none.'),
})

const mssql = schema({
  enabled_classes: optional(list(string), [], 'Classes of metrics to collect; empty: all.'),
})

const network = schema({
  blacklist: optional(string, '', 'Old name of exclude.', { deprecated: 'Set exclude instead.' }),
  whitelist: optional(string, '', 'Old name of include.', { deprecated: 'Set include instead.' }),
  exclude: optional(string, '', 'Pattern of interfaces to leave out; empty: none.'),
  include: optional(string, '', 'Pattern of interfaces to include; empty: all.'),
})

const physicalDisk = schema({
  include: optional(string, '', 'Pattern of disks to include; empty: all.'),
  exclude: optional(string, '', 'Pattern of disks to leave out; empty: none.'),
})

const printer = schema({
  exclude: optional(string, '', 'Pattern of printers to leave out; empty: none.'),
  include: optional(string, '', 'Pattern of printers to include; empty: all.'),
})

const process = schema({
  blacklist: optional(string, '', 'Old name of exclude.', { deprecated: 'Set exclude instead.' }),
  whitelist: optional(string, '', 'Old name of include.', { deprecated: 'Set include instead.' }),
  exclude: optional(string, '', 'Pattern of processes to leave out; empty: none.'),
  include: optional(string, '', 'Pattern of processes to include; empty: all.'),
  enable_iis_worker_process: optional(
    bool,
    false,
    'Whether worker processes of IIS carry the name of their pool.',
  ),
  counter_version: optional(
    uint8,
    0,
    'Version of the performance counters to read: 1 or 2; 0: the best there is.',
  ),
})

const scheduledTask = schema({
  exclude: optional(string, '', 'Pattern of task paths to leave out; empty: none.'),
  include: optional(string, '', 'Pattern of task paths to include; empty: all.'),
})

const service = schema({
  include: optional(string, '', 'Pattern of services to include; empty: all.'),
  exclude: optional(string, '', 'Pattern of services to leave out; empty: none.'),
  use_api: optional(nullable(string), undefined, 'Does nothing.'),
  where_clause: optional(nullable(string), undefined, 'Does nothing.'),
  enable_v2_collector: optional(nullable(string), undefined, 'Does nothing.'),
})

const smb = schema({
  enabled_list: optional(list(string), [], 'Collectors within the collector to run; empty: all.'),
})

const smbClient = schema({
  enabled_list: optional(list(string), [], 'Collectors within the collector to run; empty: all.'),
})

const smtp = schema({
  blacklist: optional(string, '', 'Old name of exclude.', { deprecated: 'Set exclude instead.' }),
  whitelist: optional(string, '', 'Old name of include.', { deprecated: 'Set include instead.' }),
  exclude: optional(string, '', 'Pattern of virtual servers to leave out; empty: none.'),
  include: optional(string, '', 'Pattern of virtual servers to include; empty: all.'),
})

const textFile = schema({
  text_file_directory: optional(string, '', 'Directory whose *.prom files are read.'),
  directories: optional(
    list(string),
    [],
    'Directories whose *.prom files are read; empty: textfile_inputs beside the program.',
  ),
})

const tcp = schema({
  enabled_list: optional(
    list(string),
    [],
    'Collectors within the collector to run: metrics, connections_state; empty: both.',
  ),
})

const update = schema({
  online: optional(
    bool,
    false,
    'Whether Microsoft is asked for updates, rather than what the machine knows.',
  ),
  scrape_interval: optional(
    duration,
    '0s',
    'Time from one look for updates to the next; 0: six hours.',
  ),
})

const filetime = schema({
  file_patterns: optional(
    list(string),
    [],
    'Patterns of the paths of files whose times are exported.',
  ),
})

const performancecounter = schema({
  objects: optional(string, '', 'Performance counters to export, as YAML text.'),
})

const mscluster = schema({
  enabled_list: optional(list(string), [], 'Collectors within the collector to run; empty: all.'),
})

const netframework = schema({
  enabled_list: optional(list(string), [], 'Collectors within the collector to run; empty: all.'),
})

const dns = schema({
  enabled_list: optional(
    list(string),
    [],
    'Collectors within the collector to run: metrics, wmi_stats; empty: both.',
  ),
})

const net = schema({
  enabled_list: optional(
    list(string),
    [],
    'Collectors within the collector to run: metrics, nic_info; empty: both.',
  ),
  exclude: optional(string, '', 'Pattern of interfaces to leave out; empty: none.'),
  include: optional(string, '', 'Pattern of interfaces to include; empty: all.'),
})

const time = schema({
  enabled_list: optional(
    list(string),
    [],
    'Collectors within the collector to run: system_time, clock_source, ntp; empty: all.',
  ),
})

const componentArguments = schema({
  enabled_collectors: optional(
    list(string),
    [],
    'Collectors to run; empty: cpu, logical_disk, net, os, service and system.',
  ),
  dfsr: defaultedBlock(dfsr, 'Replication of file systems.'),
  exchange: defaultedBlock(exchange, 'Microsoft Exchange.'),
  iis: defaultedBlock(iis, 'Web sites and applications of IIS.'),
  logical_disk: defaultedBlock(logicalDisk, 'Volumes.'),
  msmq: block(msmq, 'Message queues.'),
  mssql: defaultedBlock(mssql, 'Microsoft SQL Server.'),
  network: defaultedBlock(network, 'Network interfaces, under the old name of the collector net.'),
  physical_disk: defaultedBlock(physicalDisk, 'Disks.'),
  printer: defaultedBlock(printer, 'Printers and their jobs.'),
  process: defaultedBlock(process, 'Processes.'),
  scheduled_task: defaultedBlock(scheduledTask, 'Scheduled tasks.'),
  service: defaultedBlock(service, 'Services.'),
  smb: defaultedBlock(smb, 'Shares that this machine serves.'),
  smb_client: defaultedBlock(smbClient, 'Shares that this machine uses.'),
  smtp: defaultedBlock(smtp, 'The SMTP server of IIS.'),
  text_file: block(
    textFile,
    'Metrics that others write into files, under the old name of textfile.',
  ),
  textfile: block(textFile, 'Metrics that others write into files.'),
  tcp: defaultedBlock(tcp, 'TCP connections.'),
  update: defaultedBlock(update, 'Updates of Windows.'),
  filetime: defaultedBlock(filetime, 'Times of files.'),
  performancecounter: defaultedBlock(performancecounter, 'Performance counters of your own.'),
  mscluster: defaultedBlock(mscluster, 'Failover clusters.'),
  netframework: defaultedBlock(netframework, 'The runtime of .NET Framework.'),
  dns: defaultedBlock(dns, 'The DNS server.'),
  net: defaultedBlock(net, 'Network interfaces.'),
  time: defaultedBlock(time, 'The clock.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.windows',
  stability: 'generally-available',
  summary: 'Collects metrics of the machine from Windows.',
  accepts: [],
  emits: ['targets'],
  wraps: 'windows_exporter',
  platforms: ['win32'],
  requires: 'Permission to read performance counters and the registry.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})

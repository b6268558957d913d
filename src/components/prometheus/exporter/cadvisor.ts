// prometheus.exporter.cadvisor: collects metrics of containers from cgroups and their runtimes.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { optional, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'

const componentArguments = schema({
  store_container_labels: optional(
    bool,
    true,
    'Whether all labels of containers become labels of metrics.',
  ),
  allowlisted_container_labels: optional(
    list(string),
    [''],
    'Labels of containers to keep where not all are stored.',
  ),
  env_metadata_allowlist: optional(
    list(string),
    [''],
    'Environment variables of containers that become labels.',
  ),
  raw_cgroup_prefix_allowlist: optional(
    list(string),
    [''],
    'Prefixes of cgroup paths to collect even without containers.',
  ),
  perf_events_config: optional(
    string,
    '',
    'JSON file with the hardware events to count; empty: none.',
  ),
  resctrl_interval: optional(
    duration,
    '0s',
    'Time from one look at resource control groups to the next; 0: no later look.',
  ),
  disabled_metrics: optional(list(string), [], 'Kinds of metrics to leave out.'),
  enabled_metrics: optional(
    list(string),
    [],
    'Kinds of metrics to collect, and no others; empty: those not disabled.',
  ),
  storage_duration: optional(duration, '2m', 'Time that samples are kept in memory.'),
  containerd_host: optional(string, '/run/containerd/containerd.sock', 'Socket of containerd.'),
  containerd_namespace: optional(string, 'k8s.io', 'Namespace of containerd to look at.'),
  docker_host: optional(string, 'unix:///var/run/docker.sock', 'Address of Docker.'),
  use_docker_tls: optional(bool, false, 'Whether the connection to Docker uses TLS.'),
  docker_tls_cert: optional(
    string,
    'cert.pem',
    'File with the certificate of this client for Docker.',
  ),
  docker_tls_key: optional(
    string,
    'key.pem',
    'File with the private key of this client for Docker.',
  ),
  docker_tls_ca: optional(
    string,
    'ca.pem',
    'File with the certificates of the authorities to trust for Docker.',
  ),
  docker_only: optional(
    bool,
    false,
    'Whether only Docker containers and the root cgroup are collected.',
  ),
  disable_root_cgroup_stats: optional(bool, false, 'Whether the root cgroup is left out.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.cadvisor',
  stability: 'generally-available',
  summary: 'Collects metrics of containers from cgroups and their runtimes.',
  accepts: [],
  emits: ['targets'],
  wraps: 'cAdvisor',
  platforms: ['linux'],
  requires: 'Permission to read cgroups and to reach the sockets of the container runtimes.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
})

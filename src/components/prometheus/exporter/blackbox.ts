// prometheus.exporter.blackbox: probes addresses over HTTP, TCP, DNS, ICMP and gRPC.

import { target } from '../../../model/targets.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { optionalSecret, string } from '../../../schema/scalars.ts'
import { blocks, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { listedTargetsProblem } from '../../common/exporter_targets.ts'
import { yamlMappingProblem } from '../../common/yaml_text.ts'

const probedTarget = schema({
  name: required(string, 'Name of the target, which becomes part of its label `job`.'),
  address: required(string, 'What is probed: a host, host:port or a URL, as the module wants it.'),
  module: optional(string, '', 'Module that probes it; empty: the one for HTTP.'),
  labels: optional(map(string), {}, 'Further labels of the target.'),
})

const componentArguments = schema(
  {
    config_file: optional(string, '', 'File with the modules.'),
    config: optional(optionalSecret, '', 'Modules as YAML text, in place of a file.'),
    target: blocks(probedTarget, 'An address to probe.'),
    probe_timeout_offset: optional(
      duration,
      '500ms',
      'Time taken off the scrape timeout, so that a slow probe still answers.',
    ),
    targets: optional(
      list(map(string)),
      [],
      'Addresses to probe, as a list; in place of target blocks.',
    ),
  },
  {
    check: (args, fail) => {
      const { config, config_file, target, targets } = args
      const hasConfig = config.reveal() !== ''
      if (hasConfig && config_file !== '') {
        return fail('config and config_file are mutually exclusive', 'config_file')
      }
      if (!hasConfig && config_file === '') return fail('config or config_file must be set')
      const problem = yamlMappingProblem(config, 'config.plain')
      if (problem !== undefined)
        return fail(`invalid blackbox_exporter config: ${problem}`, 'config')
      const targetsProblem = listedTargetsProblem(targets, target.length)
      if (targetsProblem !== undefined) fail(targetsProblem, 'targets')
    },
  },
)

export const declaration = declare({
  name: 'prometheus.exporter.blackbox',
  stability: 'generally-available',
  summary: 'Probes addresses over HTTP, TCP, DNS, ICMP and gRPC.',
  accepts: [],
  emits: ['targets'],
  wraps: 'blackbox_exporter',
  requires: 'Permission to open raw or ICMP sockets for ICMP probes.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'One target to scrape per probed address.') },
  metrics: {},
})

// prometheus.exporter.snmp: collects metrics from devices that speak SNMP.

import { target } from '../../../model/targets.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, int, optionalSecret, string, uint32 } from '../../../schema/scalars.ts'
import { blocks, label, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { listedTargetsProblem } from '../../common/exporter_targets.ts'
import { yamlMappingProblem } from '../../common/yaml_text.ts'

const snmpTarget = schema({
  label: label('Name of the target, which becomes its label `job`.'),
  address: required(
    string,
    'Address of the device, with `udp://` or `tcp://` and port where they differ.',
  ),
  module: optional(string, '', 'Modules to walk, separated by commas; empty: if_mib.'),
  auth: optional(string, '', 'Entry of `auths` to authenticate with; empty: public_v2.'),
  walk_params: optional(string, '', 'Label of the walk_param to use.'),
  snmp_context: optional(string, '', 'SNMP context name to ask for.'),
  labels: optional(map(string), {}, 'Further labels of the target.'),
})

const walkParam = schema({
  label: label('Name by which targets refer to it.'),
  max_repetitions: optional(
    uint32,
    0,
    'Objects that a request asks for at most; 0: that of the module.',
  ),
  retries: optional(int, 0, 'Retries of a request before the scrape fails; 0: that of the module.'),
  timeout: optional(duration, '0s', 'Time that each request may take; 0: that of the module.'),
  use_unconnected_udp_socket: optional(
    bool,
    false,
    'Whether answers from other addresses than the asked one are taken.',
  ),
})

const componentArguments = schema(
  {
    config_file: optional(
      string,
      '',
      'File with modules and auths; empty: those that come with the exporter.',
    ),
    concurrency: optional(int, 1, 'Modules of one target that are walked at the same time.'),
    config: optional(optionalSecret, '', 'Modules and auths as YAML text, in place of a file.'),
    config_merge_strategy: optional(
      string,
      'replace',
      'What the configuration does to the built-in one: replace it, or merge with it.',
    ),
    target: blocks(snmpTarget, 'A device to collect from.'),
    walk_param: blocks(walkParam, 'Settings of walks that several targets share.'),
    targets: optional(
      list(map(string)),
      [],
      'Devices to collect from, as a list; in place of target blocks.',
    ),
  },
  {
    check: ({ config, config_file, target, targets }, fail) => {
      if (config.reveal() !== '' && config_file !== '') {
        return fail('config and config_file are mutually exclusive', 'config_file')
      }
      const targetsProblem = listedTargetsProblem(targets, target.length)
      if (targetsProblem !== undefined) return fail(targetsProblem, 'targets')
      const problem = yamlMappingProblem(config, 'config.Config')
      if (problem !== undefined) fail(`invalid snmp_exporter config: ${problem}`, 'config')
    },
  },
)

export const declaration = declare({
  name: 'prometheus.exporter.snmp',
  stability: 'generally-available',
  summary: 'Collects metrics from devices that speak SNMP.',
  accepts: [],
  emits: ['targets'],
  wraps: 'snmp_exporter',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'One target to scrape per device.') },
  metrics: {},
})

// loki.source.azure_event_hubs: reads log entries from Azure Event Hubs.

import { logsReceiver } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, secret, string } from '../../../schema/scalars.ts'
import { optional, required, requiredBlock, schema } from '../../../schema/schema.ts'
import { relabelRules } from '../../common/relabel.ts'

const authentication = schema({
  mechanism: required(string, 'How to log in: connection_string or oauth.'),
  scopes: optional(list(string), [], 'Scopes of the OAuth token.'),
  connection_string: optional(secret, undefined, 'Connection string, for that mechanism.'),
})

const assignors: readonly string[] = ['sticky', 'roundrobin', 'range']

const componentArguments = schema(
  {
    fully_qualified_namespace: required(string, 'Host and port of the Event Hubs namespace.'),
    event_hubs: required(list(string), 'Event hubs to read.'),
    authentication: requiredBlock(authentication, 'How to log in.'),
    group_id: optional(string, 'loki.source.azure_event_hubs', 'Consumer group to read as.'),
    use_incoming_timestamp: optional(
      bool,
      false,
      'Whether entries keep the time they bring; else they get the time of their arrival.',
    ),
    disallow_custom_messages: optional(
      bool,
      false,
      'Whether messages that are no Azure resource logs are dropped.',
    ),
    relabel_rules: optional(
      relabelRules,
      undefined,
      'Rules that rewrite the labels of entries, from a loki.relabel component.',
    ),
    labels: optional(
      map(string),
      { job: 'loki.source.azure_event_hubs' },
      'Labels to add to every entry.',
    ),
    assignor: optional(
      string,
      'range',
      'How partitions are shared in the group: range, roundrobin or sticky.',
    ),
    forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  },
  {
    check: ({ assignor }, fail) => {
      if (assignors.includes(assignor)) return
      const words = assignors.join(' ')
      fail(`assignor value ${assignor} is invalid, must be one of: [${words}]`, 'assignor')
    },
  },
)

export const declaration = declare({
  name: 'loki.source.azure_event_hubs',
  stability: 'generally-available',
  summary: 'Reads log entries from Azure Event Hubs.',
  accepts: ['loki logs'],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})

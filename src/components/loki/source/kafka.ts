// loki.source.kafka: reads log entries from Kafka.

import { logsReceiver } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, secret, string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { relabelRules } from '../../common/relabel.ts'
import { tlsConfig } from '../../common/tls.ts'

const oauthConfig = schema({
  token_provider: required(string, 'Where the token comes from, such as azure.'),
  scopes: required(list(string), 'Scopes of the token.'),
})

const saslConfig = schema(
  {
    mechanism: optional(
      string,
      'PLAIN',
      'SASL mechanism: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER.',
    ),
    user: optional(string, '', 'User name.'),
    password: optional(secret, undefined, 'Password.'),
    use_tls: optional(bool, false, 'Whether the connection is encrypted too.'),
    tls_config: defaultedBlock(tlsConfig, 'TLS settings of that connection.'),
    oauth_config: defaultedBlock(oauthConfig, 'Token for OAUTHBEARER.'),
  },
  { defaultsFrom: 'parent' },
)

const authentication = schema(
  {
    type: optional(string, 'none', 'How to log in: none, ssl or sasl.'),
    tls_config: defaultedBlock(tlsConfig, 'TLS settings for ssl.'),
    sasl_config: defaultedBlock(saslConfig, 'SASL settings for sasl.'),
  },
  { defaultsFrom: 'parent' },
)

const componentArguments = schema({
  brokers: required(list(string), 'Brokers to connect to first.'),
  topics: required(list(string), 'Topics to read; those that begin with ^ are RE2 expressions.'),
  group_id: optional(string, 'loki.source.kafka', 'Consumer group to read as.'),
  assignor: optional(
    string,
    'range',
    'How partitions are shared in the group: range, roundrobin or sticky.',
  ),
  version: optional(string, '2.2.1', 'Version of the Kafka protocol.'),
  authentication: defaultedBlock(authentication, 'How to log in to the brokers.'),
  use_incoming_timestamp: optional(
    bool,
    false,
    'Whether entries keep the time they bring; else they get the time of their arrival.',
  ),
  labels: optional(map(string), {}, 'Labels to add to every entry.'),
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  relabel_rules: optional(
    relabelRules,
    undefined,
    'Rules that rewrite the labels of entries, from a loki.relabel component.',
  ),
})

export const declaration = declare({
  name: 'loki.source.kafka',
  stability: 'generally-available',
  summary: 'Reads log entries from Kafka.',
  accepts: ['loki logs'],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})

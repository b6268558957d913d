// loki.source.syslog: receives syslog messages over TCP or UDP.

import { logsReceiver } from '../../../model/capsules.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { bool, int, string } from '../../../schema/scalars.ts'
import {
  block,
  blocks,
  defaultedBlock,
  optional,
  required,
  schema,
} from '../../../schema/schema.ts'
import { duration, oneOf } from '../../../schema/texts.ts'
import { relabelRules } from '../../common/relabel.ts'
import { tlsConfig } from '../../common/tls.ts'

const syslogFormat = oneOf(['raw', 'rfc3164', 'rfc5424'], {
  otherwise: (written) => `unknown syslog format: ${written}`,
  zero: { shown: '', means: '' },
})

const rawFormatOptions = schema({
  use_null_terminator_delimiter: optional(
    bool,
    false,
    'Whether raw messages end with a zero byte instead of a newline.',
  ),
})

const rfc3164CiscoComponents = schema(
  {
    enable_all: optional(bool, false, "Whether all of Cisco's components are expected."),
    message_counter: optional(bool, false, 'Whether messages begin with a counter.'),
    sequence_number: optional(bool, false, 'Whether messages have a sequence number.'),
    hostname: optional(bool, false, 'Whether messages have the host name where Cisco puts it.'),
    second_fractions: optional(bool, false, 'Whether times have fractions of a second.'),
  },
  {
    check: (components, fail) => {
      if (Object.values(components).some((isEnabled) => isEnabled)) return
      fail('at least one option in rfc3164_cisco_components has to be enabled')
    },
  },
)

/** Settings that say how a message is parsed, which a raw one is not. */
const notOfRaw = [
  'use_incoming_timestamp',
  'use_rfc5424_message',
  'rfc3164_default_to_current_year',
] as const

const listener = schema(
  {
    address: required(string, 'Address to listen on.'),
    protocol: optional(string, 'tcp', 'Protocol: tcp or udp.'),
    idle_timeout: optional(duration, '2m0s', 'Time after which an idle connection is closed.'),
    label_structured_data: optional(bool, false, 'Whether structured data becomes labels.'),
    labels: optional(map(string), {}, 'Labels to add to every entry.'),
    use_incoming_timestamp: optional(
      bool,
      false,
      'Whether entries keep the time they bring; else they get the time of their arrival.',
    ),
    use_rfc5424_message: optional(
      bool,
      false,
      'Whether the line is the whole message instead of its text.',
    ),
    rfc3164_default_to_current_year: optional(
      bool,
      false,
      'Whether times without a year are of the present one.',
    ),
    rfc5424_allow_empty_msg: optional(bool, false, 'Whether messages without a text are taken.'),
    max_message_length: optional(int, 8192, 'Most bytes of a message.'),
    tls_config: defaultedBlock(tlsConfig, 'TLS settings of a tcp listener.'),
    syslog_format: optional(
      syslogFormat,
      'rfc5424',
      'Format of the messages: rfc5424, rfc3164 or raw.',
    ),
    raw_format_options: block(rawFormatOptions, 'Settings of the raw format.', {
      stability: 'experimental',
    }),
    rfc3164_cisco_components: block(rfc3164CiscoComponents, 'What Cisco devices add to RFC 3164.'),
    udp_queue_size: optional(int, 10, 'Datagrams that may wait.'),
    udp_host_cache_size: optional(int, 128, 'Hosts whose names are remembered.'),
  },
  {
    check: (args, fail) => {
      const { protocol, syslog_format, rfc3164_cisco_components } = args
      if (protocol !== 'tcp' && protocol !== 'udp') {
        const message = `syslog listener protocol should be either 'tcp' or 'udp', got ${protocol}`
        return fail(message, 'protocol')
      }
      if (syslog_format === '') return fail('unknown syslog format: ""', 'syslog_format')
      if (syslog_format !== 'rfc3164' && rfc3164_cisco_components !== undefined) {
        return fail(
          'rfc3164_cisco_components has no effect when syslog format is not "rfc3164"',
          'rfc3164_cisco_components',
        )
      }
      if (syslog_format !== 'raw') return
      const idle = notOfRaw.find((name) => args[name])
      if (idle === undefined) return
      fail(`"${idle}" has no effect when syslog format is set to "raw"`, idle)
    },
  },
)

const componentArguments = schema({
  listener: blocks(listener, 'Where to listen, and for what.', { required: true }),
  forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
  relabel_rules: optional(
    relabelRules,
    undefined,
    'Rules that rewrite the labels of entries, from a loki.relabel component.',
  ),
})

export const declaration = declare({
  name: 'loki.source.syslog',
  stability: 'generally-available',
  summary: 'Receives syslog messages over TCP or UDP.',
  accepts: ['loki logs'],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})

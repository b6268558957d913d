import { expect, test } from 'vitest'
import { declaration } from '../../../../src/components/otelcol/exporter/kafka.ts'
import { bodyText, statementsShown } from '../../../../src/schema/encode.ts'
import { complaints, decoding } from '../../../support/config_block.ts'

const schema = declaration.arguments

const sasl = (settings: string) =>
  `authentication {\nsasl {\nusername = "u"\npassword = "p"\n${settings}\n}\n}`

test.each<[string, string, string[]]>([
  ['nothing more is needed', '', []],
  ['a list of its own', 'partition_logs_by_trace_id = true', []],
  ['time', 'timeout = "-1s"', ["timeoutsettings: 'timeout' must be non-negative"]],
  [
    'the block of retries',
    'retry_on_failure { initial_interval = "-1s" }',
    ["retry_on_failure: 'initial_interval' must be non-negative"],
  ],
  [
    'retries that end before they begin',
    'retry_on_failure { max_elapsed_time = "1s" }',
    ["retry_on_failure: 'max_elapsed_time' must not be less than 'initial_interval'"],
  ],
  ['retries without end', 'retry_on_failure { max_elapsed_time = "0s" }', []],
  ['no retries', 'retry_on_failure {\nenabled = false\ninitial_interval = "-1s"\n}', []],
  [
    'consumers',
    'sending_queue { num_consumers = 0 }',
    ['sending_queue: `num_consumers` must be positive'],
  ],
  [
    'version of the handshake',
    sasl('mechanism = "PLAIN"\nversion = 2'),
    ['clientconfig::auth::sasl: version has to be either 0 or 1. configured value 2'],
  ],
  [
    'no password',
    'authentication {\nsasl {\nusername = "u"\npassword = ""\nmechanism = "PLAIN"\n}\n}',
    ['clientconfig::auth::sasl: password is required'],
  ],
  [
    'a password that AWS does not want',
    'authentication {\nsasl {\nusername = ""\npassword = ""\nmechanism = "AWS_MSK_IAM_OAUTHBEARER"\n}\n}',
    [],
  ],
  [
    'all problems at once',
    'timeout = "-1s"\nproducer {\ncompression = "x"\nrequired_acks = 5\n}',
    [
      "timeoutsettings: 'timeout' must be non-negative\n" +
        "producer: compression should be one of 'none', 'gzip', 'snappy', 'lz4', or 'zstd'. " +
        'configured value is "x"\n' +
        "producer::required_acks: expected 'all' (-1), 0, or 1; configured value is 5",
    ],
  ],
  [
    'bytes as Go counts',
    'producer { max_message_bytes = -9223372036854775807 }',
    ['producer: max_message_bytes (-9223372036854775808) must be non-negative'],
  ],
  ['another hasher', 'record_partitioner {\nsticky_key { hasher = "murmur2" }\n}', []],
])('%s', (_, body, problems) => {
  expect(complaints(schema, `protocol_version = "2.0.0"\n${body}`)).toEqual(problems)
})

test.each(['', '2.0.0', '0.10.2.1', '3.7', 'v2.8.0'])('speaks Kafka %j', (version) => {
  expect(complaints(schema, `protocol_version = "${version}"`)).toEqual([])
})

test.each(['2', '2.', '2.0.0-rc', '1.2.3.4.5', ' 2.0.0'])('does not speak Kafka %j', (version) => {
  const problem = `clientconfig: invalid protocol version: "${version}"`
  expect(complaints(schema, `protocol_version = "${version}"`)).toEqual([problem])
})

test('the way to spread records is always shown by the API, never in text', () => {
  const { body } = decoding(schema, 'protocol_version = "2.0.0"')
  expect(bodyText(body)).toBe('protocol_version = "2.0.0"')
  expect(statementsShown(body).map(({ name }) => name)).toContain('record_partitioner')
})

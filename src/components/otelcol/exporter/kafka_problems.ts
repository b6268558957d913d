// What is wrong with the arguments of otelcol.exporter.kafka, in the order and with the paths of
// the original's library, which reports everything at once, one problem a line.

import { quote } from '../../../go/quote.ts'
import type { ArgumentsOf } from '../../../schema/schema.ts'
import type { kafkaAuthentication } from '../../common/otelcol/kafka.ts'
import type { retry } from '../../common/otelcol/retry.ts'
import type { queue } from '../../common/otelcol/sending_queue.ts'

interface Settings {
  readonly protocol_version: string
  readonly timeout: number
  readonly partition_logs_by_resource_attributes: boolean
  readonly partition_logs_by_trace_id: boolean
  readonly retry_on_failure: ArgumentsOf<typeof retry>
  readonly sending_queue: ArgumentsOf<typeof queue>
  readonly authentication: ArgumentsOf<typeof kafkaAuthentication>
  readonly producer: Producer
  readonly record_partitioner: Partitioner
}

interface Producer {
  readonly max_message_bytes: number
  readonly max_broker_write_bytes: number
  readonly required_acks: number
  readonly compression: string
  readonly flush_max_messages: number
}

interface Partitioner {
  readonly sticky_key: { readonly hasher: string }
  readonly round_robin: boolean
  readonly least_backup: boolean
}

export function kafkaProblems(settings: Settings): string[] {
  const problems: string[] = []
  if (settings.partition_logs_by_resource_attributes && settings.partition_logs_by_trace_id) {
    problems.push(
      'partition_logs_by_resource_attributes and partition_logs_by_trace_id cannot both be enabled',
    )
  }
  const under = (path: string, problem: string | undefined): void => {
    if (problem !== undefined) problems.push(`${path}: ${problem}`)
  }
  if (settings.timeout < 0) under('timeoutsettings', "'timeout' must be non-negative")
  under('retry_on_failure', retryProblem(settings.retry_on_failure))
  const { enabled, num_consumers } = settings.sending_queue
  if (enabled && num_consumers <= 0) under('sending_queue', '`num_consumers` must be positive')
  const { protocol_version } = settings
  if (protocol_version !== '' && !kafkaVersion.test(protocol_version)) {
    under('clientconfig', `invalid protocol version: ${quote(protocol_version)}`)
  }
  under('clientconfig::auth::sasl', saslProblem(settings.authentication.sasl))
  under('producer', producerProblem(settings.producer))
  const { required_acks } = settings.producer
  if (![-1, 0, 1].includes(required_acks)) {
    const message = `expected 'all' (-1), 0, or 1; configured value is ${BigInt(required_acks)}`
    under('producer::required_acks', message)
  }
  return [...problems, ...partitionerProblems(settings.record_partitioner)]
}

/** Four numbers were usual before Kafka 1.0. */
const kafkaVersion = /^v?\d+\.\d+(\.\d+){0,2}$/

function retryProblem(settings: ArgumentsOf<typeof retry>): string | undefined {
  const { enabled, initial_interval, max_interval, max_elapsed_time } = settings
  const { randomization_factor } = settings
  if (!enabled) return undefined
  if (initial_interval < 0) return "'initial_interval' must be non-negative"
  if (randomization_factor < 0 || randomization_factor > 1) {
    return "'randomization_factor' must be within [0, 1]"
  }
  if (max_interval < 0) return "'max_interval' must be non-negative"
  if (max_elapsed_time < 0) return "'max_elapsed_time' must be non-negative"
  if (max_elapsed_time === 0) return undefined
  if (max_elapsed_time < initial_interval) {
    return "'max_elapsed_time' must not be less than 'initial_interval'"
  }
  if (max_elapsed_time < max_interval) {
    return "'max_elapsed_time' must not be less than 'max_interval'"
  }
  return undefined
}

const plainMechanisms: ReadonlySet<string> = new Set(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])

function saslProblem(sasl: ArgumentsOf<typeof kafkaAuthentication>['sasl']): string | undefined {
  if (sasl === undefined) return undefined
  const { mechanism, username, password, version } = sasl
  if (!plainMechanisms.has(mechanism) && mechanism !== 'AWS_MSK_IAM_OAUTHBEARER') {
    return (
      "mechanism should be one of 'PLAIN', 'AWS_MSK_IAM_OAUTHBEARER', 'SCRAM-SHA-256' or " +
      `'SCRAM-SHA-512'. configured value ${mechanism}`
    )
  }
  if (plainMechanisms.has(mechanism)) {
    if (username === '') return 'username is required'
    if (password.reveal() === '') return 'password is required'
  }
  if (version === 0 || version === 1) return undefined
  return `version has to be either 0 or 1. configured value ${BigInt(version)}`
}

const compressions: ReadonlySet<string> = new Set(['none', 'gzip', 'snappy', 'lz4', 'zstd'])
const int32Max = 2 ** 31 - 1

function producerProblem(producer: Producer): string | undefined {
  const { max_message_bytes, max_broker_write_bytes, flush_max_messages } = producer
  for (const [name, bytes] of Object.entries({ max_message_bytes, max_broker_write_bytes })) {
    if (bytes < 0) return `${name} (${BigInt(bytes)}) must be non-negative`
    if (bytes > int32Max) return `${name} (${BigInt(bytes)}) must not exceed ${int32Max}`
  }
  if (flush_max_messages < 1) {
    return `flush_max_messages (${BigInt(flush_max_messages)}) must be at least 1`
  }
  if (compressions.has(producer.compression)) return undefined
  return (
    "compression should be one of 'none', 'gzip', 'snappy', 'lz4', or 'zstd'. configured value " +
    `is ${quote(producer.compression)}`
  )
}

/** The original checks the block twice, and what is inside of it once more. */
function partitionerProblems({ sticky_key, round_robin, least_backup }: Partitioner): string[] {
  if (round_robin || least_backup) {
    const message = 'record_partitioner: at most one record_partitioner strategy may be configured'
    return [message, message]
  }
  const { hasher } = sticky_key
  if (hasher === 'sarama_compat' || hasher === 'murmur2') return []
  const known = '"sarama_compat", "murmur2"'
  const message = `sticky_key: unknown hasher ${quote(hasher)}, valid values are ${known}`
  const ofBlock = `record_partitioner: ${message}`
  return [ofBlock, ofBlock, `record_partitioner::sticky_key: ${message}`]
}

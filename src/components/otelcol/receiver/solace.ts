// otelcol.receiver.solace: receives traces from a queue of a Solace broker over AMQP.

import { nsOfMs } from '../../../go/duration.ts'
import { declare } from '../../../schema/declaration.ts'
import { int32, secret, string } from '../../../schema/scalars.ts'
import {
  block,
  defaultedBlock,
  optional,
  required,
  requiredBlock,
  schema,
} from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { consumer } from '../../common/otelcol/consumer.ts'
import { debugMetrics } from '../../common/otelcol/debug_metrics.ts'
import { tlsClient } from '../../common/otelcol/tls.ts'

const delayedRetry = schema(
  {
    delay: optional(duration, '10ms', 'Time before a refused message is sent again.'),
  },
  { defaultsFrom: 'parent' },
)

const flowControl = schema({
  delayed_retry: defaultedBlock(delayedRetry, 'Waits, and sends again what receivers refused.', {
    pointer: true,
    required: true,
  }),
})

const saslPlain = schema({
  username: required(string, 'User name.'),
  password: required(secret, 'Password.'),
})

const saslXauth2 = schema({
  username: required(string, 'User name.'),
  bearer: required(string, 'Bearer token; shown as it is, not hidden as a secret.'),
})

const saslExternal = schema({})

const auth = schema({
  sasl_plain: block(saslPlain, 'Logs in with a user name and a password.'),
  sasl_xauth2: block(saslXauth2, 'Logs in with a token of OAuth 2.0.'),
  sasl_external: block(saslExternal, 'Logs in by the client certificate in tls.'),
})

const solaceArguments = schema(
  {
    broker: optional(string, 'localhost:5671', 'Address of the broker, as host and port.'),
    queue: required(string, 'Queue of the traces, as queue://#telemetry-NAME.'),
    max_unacknowledged: optional(
      int32,
      1000,
      'Messages that the broker sends before they are acknowledged.',
    ),
    tls: defaultedBlock(tlsClient, 'TLS settings for the broker.'),
    flow_control: defaultedBlock(flowControl, 'What happens once receivers refuse messages.'),
    debug_metrics: defaultedBlock(debugMetrics, 'What the component measures of itself.'),
    auth: requiredBlock(auth, 'How this client logs in; exactly one way.'),
    output: requiredBlock(consumer, 'Where what was received is sent.'),
  },
  {
    check: ({ queue, auth, flow_control }, fail) => {
      if (Object.values(auth).filter((way) => way !== undefined).length !== 1) {
        const message =
          'the auth block must contain exactly one of sasl_plain block, sasl_xauth2 block or ' +
          'sasl_external block'
        return fail(message, 'auth')
      }
      if (queue.trim() === '') {
        const message = 'queue must not be empty, queue definition has format queue://<queuename>'
        return fail(message, 'queue')
      }
      const { delay } = flow_control.delayed_retry
      if (delay > 0) return
      const message = 'the delay attribute in the delayed_retry block must be > 0'
      fail(`${message}, got ${nsOfMs(delay)}`, 'flow_control')
    },
  },
)

export const declaration = declare({
  name: 'otelcol.receiver.solace',
  stability: 'generally-available',
  summary: 'Receives traces from a queue of a Solace broker over AMQP.',
  accepts: ['otel metrics', 'otel logs', 'otel traces'],
  emits: [],
  wraps: 'OpenTelemetry Collector',
  arguments: solaceArguments,
  exports: {},
  metrics: {},
})

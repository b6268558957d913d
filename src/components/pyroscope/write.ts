// pyroscope.write: sends profiles to endpoints that speak Pyroscope's protocol.

import { profilesReceiver } from '../../model/capsules.ts'
import { map } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, int, string } from '../../schema/scalars.ts'
import { blocks, defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { headers, urlString } from '../../schema/veiled.ts'
import { httpClientFields, httpClientHooks } from '../common/http_client.ts'

const endpoint = schema(
  {
    name: optional(string, '', 'Name in metrics; empty: made from the settings.'),
    url: required(urlString, 'Where profiles are sent to.'),
    remote_timeout: optional(duration, '10s', 'Time after which a request has failed.'),
    debug_info_upload_timeout: optional(
      duration,
      '2m0s',
      'Time that sending debug information may take.',
    ),
    headers: optional(headers, {}, 'Headers to send with every request.'),
    ...httpClientFields,
    min_backoff_period: optional(
      duration,
      '500ms',
      'Time before a failed request is sent again for the first time.',
    ),
    max_backoff_period: optional(duration, '5m0s', 'Longest time between two tries.'),
    max_backoff_retries: optional(int, 10, 'Tries before a profile is dropped; 0: no end.'),
    retry_on_http_429: optional(bool, true, 'Whether profiles are sent again after a 429.'),
  },
  httpClientHooks,
)

const tracing = schema(
  {
    jaeger_propagator: optional(bool, true, "Whether the trace is told in Jaeger's header."),
    trace_context_propagator: optional(bool, true, "Whether the trace is told in W3C's header."),
  },
  { defaultsFrom: 'parent' },
)

const componentArguments = schema({
  external_labels: optional(map(string), {}, 'Labels to add to every profile that is sent.'),
  endpoint: blocks(endpoint, 'Where profiles are sent to.'),
  tracing: defaultedBlock(tracing, 'What is told of traces in requests.'),
})

export const declaration = declare({
  name: 'pyroscope.write',
  stability: 'generally-available',
  summary: "Sends profiles to endpoints that speak Pyroscope's protocol.",
  accepts: [],
  emits: ['pyroscope profiles'],
  arguments: componentArguments,
  exports: { receiver: exported(profilesReceiver, 'Receiver of the profiles to send.') },
  metrics: {},
})

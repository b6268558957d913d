// prometheus.remote_write: sends metrics to endpoints that speak Prometheus' remote write protocol.
// Source of the behaviour: alloy/internal/component/prometheus/remotewrite/types.go.

import { metricsReceiver } from '../../model/capsules.ts'
import { map } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, string } from '../../schema/scalars.ts'
import { block, blocks, defaultedBlock, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { identifiedHeaders, urlString } from '../../schema/veiled.ts'
import { amendHttpClient, httpClientFields, httpClientProblem } from '../common/http_client.ts'
import { relabelRule } from '../common/relabel.ts'
import { azureAd, googleIam, sigV4 } from './remote_write_auth.ts'
import { metrics } from './remote_write_metrics.ts'
import { metadataConfig, queueConfig } from './remote_write_queue.ts'

const version1 = 'prometheus.WriteRequest'
const version2 = 'io.prometheus.write.v2.Request'

const endpoint = schema(
  {
    name: optional(string, '', 'Name in metrics; empty: a hash of the settings.'),
    url: required(urlString, 'Where metrics are sent to.'),
    remote_timeout: optional(duration, '30s', 'Time after which a request has failed.'),
    headers: optional(identifiedHeaders, {}, 'Headers to send with every request.'),
    send_exemplars: optional(bool, true, 'Whether exemplars are sent.'),
    send_native_histograms: optional(bool, false, 'Whether native histograms are sent.'),
    protobuf_message: optional(string, version1, 'Version of the protocol, by its message.', {
      unavailable: [version2],
    }),
    ...httpClientFields,
    enable_http2: optional(bool, false, 'Whether HTTP/2 may be used.'),
    queue_config: block(queueConfig, 'How samples are batched and sent again.'),
    metadata_config: block(metadataConfig, 'How metadata of the metrics is sent.'),
    write_relabel_config: blocks(relabelRule, 'Rules for the samples of this endpoint alone.'),
    sigv4: block(sigV4, 'Signs requests for AWS.', { unavailable: true }),
    azuread: block(azureAd, 'Tokens of Azure AD.', { unavailable: true }),
    google_iam: block(googleIam, 'Tokens of Google IAM.', { unavailable: true }),
    round_robin_dns: optional(bool, false, 'Whether each connection goes to another address.', {
      unavailable: true,
    }),
  },
  {
    check: (args, fail) => {
      const { basic_auth, authorization, oauth2, bearer_token, bearer_token_file } = args
      const { sigv4, azuread, google_iam } = args
      const problem = httpClientProblem(args)
      if (problem !== undefined) return fail(problem)
      const usual = [
        basic_auth,
        authorization,
        oauth2,
        bearer_token,
        bearer_token_file || undefined,
      ]
      const ways = [...usual, sigv4, azuread, google_iam].filter((way) => way !== undefined)
      if (ways.length > 1) {
        return fail(
          'at most one of sigv4, azuread, google_iam, basic_auth, oauth2, ' +
            'bearer_token & bearer_token_file must be configured',
        )
      }
      const message = args.protobuf_message
      if (message !== version1 && message !== version2) {
        fail(
          `invalid protobuf_message "${message}" for endpoint "${args.name}": ` +
            `unknown type for remote write protobuf message ${message}, ` +
            `supported: ${version1}, ${version2}`,
          'protobuf_message',
        )
      }
    },
    amend: amendHttpClient,
  },
)

const wal = schema(
  {
    truncate_frequency: optional(duration, '2h', 'Time from one truncation to the next.', {
      unavailable: true,
    }),
    min_keepalive_time: optional(duration, '5m', 'Age that samples reach in any case.', {
      unavailable: true,
    }),
    max_keepalive_time: optional(duration, '8h', 'Age at which unsent samples are dropped.', {
      unavailable: true,
    }),
  },
  {
    check: ({ truncate_frequency, min_keepalive_time, max_keepalive_time }, fail) => {
      if (truncate_frequency === 0) fail('truncate_frequency must not be 0', 'truncate_frequency')
      else if (max_keepalive_time <= min_keepalive_time) {
        fail('min_keepalive_time must be smaller than max_keepalive_time', 'min_keepalive_time')
      }
    },
  },
)

export const declaration = declare({
  name: 'prometheus.remote_write',
  stability: 'generally-available',
  summary: 'Sends metrics to endpoints that speak the remote write protocol of Prometheus.',
  accepts: [],
  emits: ['prometheus metrics'],
  wraps: 'Prometheus',
  delivery: 'Samples wait in memory, within a bound; those not yet sent are lost with the process.',
  arguments: schema({
    external_labels: optional(map(string), {}, 'Labels for series that lack them.'),
    endpoint: blocks(endpoint, 'Where metrics are sent to.'),
    wal: defaultedBlock(wal, 'How long samples are kept until they are sent.'),
  }),
  exports: {
    receiver: exported(metricsReceiver, 'Receiver of the metrics to send.'),
  },
  metrics,
  load: () => import('./remote_write/run.ts'),
})

// prometheus.scrape: fetches metrics from targets over HTTP and forwards them.
// Source of the behaviour: alloy/internal/component/prometheus/scrape/scrape.go.

import { quote } from '../../go/quote.ts'
import { metricsReceiver } from '../../model/capsules.ts'
import { target } from '../../model/targets.ts'
import { list, map } from '../../schema/composites.ts'
import { declare } from '../../schema/declaration.ts'
import { bool, float, string, uint } from '../../schema/scalars.ts'
import {
  type ArgumentsOf,
  defaultedBlock,
  optional,
  required,
  schema,
} from '../../schema/schema.ts'
import { base2Bytes, duration } from '../../schema/texts.ts'
import { clustering } from '../common/clustering.ts'
import { amendHttpClient, httpClientFields, httpClientProblem } from '../common/http_client.ts'
import { metrics } from './scrape_metrics.ts'

const textProtocols = [
  'OpenMetricsText1.0.0',
  'OpenMetricsText0.0.1',
  'PrometheusText1.0.0',
  'PrometheusText0.0.4',
] as const
const protocols: ReadonlySet<string> = new Set([...textProtocols, 'PrometheusProto'])
const escapingSchemes = ['allow-utf-8', 'underscores', 'dots', 'values']

const scrapeArguments = schema(
  {
    targets: required(list(target), 'Targets to scrape.'),
    forward_to: required(list(metricsReceiver), 'Receivers of the scraped metrics.'),
    job_name: optional(
      string,
      '',
      "Label `job` of targets without one; empty: the component's id.",
    ),
    honor_labels: optional(bool, false, 'Whether scraped labels win over those of the target.'),
    honor_timestamps: optional(bool, true, 'Whether scraped timestamps are kept.'),
    track_timestamps_staleness: optional(
      bool,
      false,
      'Whether series with timestamps of their own get staleness markers too.',
    ),
    params: optional(map(list(string)), {}, 'Parameters of the scrape request.'),
    scrape_classic_histograms: optional(
      bool,
      false,
      'Whether the classic buckets of native histograms are kept.',
      { unavailable: true },
    ),
    scrape_native_histograms: optional(bool, false, 'Whether native histograms are scraped.', {
      unavailable: true,
    }),
    scrape_failure_log_file: optional(string, '', 'File that failed scrapes are logged to.'),
    scrape_interval: optional(duration, '1m', 'Time from one scrape of a target to the next.'),
    scrape_timeout: optional(duration, '10s', 'Time after which a scrape has failed.'),
    scrape_protocols: optional(list(string), textProtocols, 'Formats to ask for, best first.', {
      unavailable: ['PrometheusProto'],
    }),
    metrics_path: optional(string, '/metrics', 'Path to scrape.'),
    scheme: optional(string, 'http', 'Scheme of the request: http or https.'),
    body_size_limit: optional(base2Bytes, '0B', 'Bound of a scrape before it fails; 0B: none.'),
    sample_limit: optional(uint, 0, 'Bound of the samples of a scrape before it fails; 0: none.'),
    target_limit: optional(uint, 0, 'Bound of the targets before all fail; 0: none.'),
    label_limit: optional(uint, 0, 'Bound of the labels of a sample; 0: none.'),
    label_name_length_limit: optional(uint, 0, 'Bound of a label name in bytes; 0: none.'),
    label_value_length_limit: optional(uint, 0, 'Bound of a label value in bytes; 0: none.'),
    ...httpClientFields,
    extra_metrics: optional(bool, false, 'Whether three more series tell about each scrape.'),
    enable_protobuf_negotiation: optional(bool, false, 'Whether protobuf is asked for first.', {
      deprecated: 'Set scrape_protocols instead.',
      unavailable: true,
    }),
    metric_name_validation_scheme: optional(string, 'legacy', 'Valid names: legacy or utf8.'),
    metric_name_escaping_scheme: optional(
      string,
      '',
      'How names that are not valid are escaped: allow-utf-8, underscores, dots or values.',
    ),
    scrape_fallback_protocol: optional(
      string,
      'PrometheusText0.0.4',
      'Format of answers whose Content-Type does not say.',
      { unavailable: ['PrometheusProto'] },
    ),
    convert_classic_histograms_to_nhcb: optional(
      bool,
      false,
      'Whether classic histograms become native ones with custom buckets.',
      { unavailable: true },
    ),
    enable_compression: optional(bool, true, 'Whether gzip is asked for.'),
    native_histogram_bucket_limit: optional(
      uint,
      0,
      'Buckets of a native histogram before its resolution is reduced; 0: no bound.',
      { unavailable: true },
    ),
    native_histogram_min_bucket_factor: optional(
      float,
      0,
      'Growth of buckets below which the resolution of a native histogram is reduced.',
      { unavailable: true },
    ),
    honor_metadata: optional(bool, false, 'Whether metadata is stored with the samples.', {
      stability: 'experimental',
      unavailable: true,
    }),
    enable_type_and_unit_labels: optional(bool, false, 'Whether type and unit become labels.', {
      stability: 'experimental',
      unavailable: true,
    }),
    start_timestamp_zero_ingestion: optional(
      bool,
      false,
      'Whether a zero sample is written at the time a counter started.',
      { stability: 'experimental', unavailable: true },
    ),
    clustering: defaultedBlock(clustering, 'How targets are shared in a cluster.'),
  },
  {
    check: (args, fail) => {
      const problem = schemeProblem(args) ?? protocolProblem(args) ?? httpClientProblem(args)
      if (problem !== undefined) return fail(problem)
      const timeout = duration.encode(args.scrape_timeout)
      const interval = duration.encode(args.scrape_interval)
      if (args.scrape_timeout > args.scrape_interval) {
        fail(
          `scrape_timeout (${timeout}) greater than scrape_interval (${interval}) ` +
            `for scrape config with job name ${quote(args.job_name)}`,
          'scrape_timeout',
        )
      }
    },
    amend: (args) => {
      const isLegacy = args.metric_name_validation_scheme === 'legacy'
      return {
        ...amendHttpClient(args),
        ...(args.scrape_native_histograms &&
          isDefaultList(args.scrape_protocols) && {
            scrape_protocols: ['PrometheusProto', ...textProtocols],
          }),
        ...(args.metric_name_escaping_scheme === '' && {
          metric_name_escaping_scheme: isLegacy ? 'underscores' : 'allow-utf-8',
        }),
      }
    },
  },
)

type ScrapeArguments = ArgumentsOf<typeof scrapeArguments>

function schemeProblem(args: ScrapeArguments): string | undefined {
  const { metric_name_validation_scheme: validation, metric_name_escaping_scheme: escaping } = args
  if (validation !== 'legacy' && validation !== 'utf8') {
    return (
      `invalid metric_name_validation_scheme "${validation}": must be either ` +
      '"utf8" or "legacy"'
    )
  }
  if (escaping !== '' && !escapingSchemes.includes(escaping)) {
    return (
      `invalid metric_name_escaping_scheme: "${escaping}", supported values: ` +
      `[${escapingSchemes.join(' ')}]`
    )
  }
  return undefined
}

function protocolProblem(args: ScrapeArguments): string | undefined {
  const { scrape_protocols, scrape_fallback_protocol: fallback, scrape_native_histograms } = args
  if (fallback !== '' && !protocols.has(fallback)) {
    return `invalid scrape_fallback_protocol "${fallback}": ${unknownProtocol(fallback)}`
  }
  const asksForProto =
    isDefaultList(scrape_protocols) || scrape_protocols.includes('PrometheusProto')
  if (scrape_native_histograms && !asksForProto) {
    return 'scrape_native_histograms is set to true, but PrometheusProto is not in scrape_protocols'
  }
  const unknown = scrape_protocols.find((protocol) => !protocols.has(protocol))
  if (unknown !== undefined) return `invalid scrape_protocols: ${unknownProtocol(unknown)}`
  return undefined
}

/** Native histograms put the protobuf format in front of it. */
function isDefaultList(written: readonly string[]): boolean {
  return written.join() === textProtocols.join()
}

function unknownProtocol(protocol: string): string {
  const supported = [...protocols].sort().join(' ')
  return `unknown scrape protocol ${protocol}, supported: [${supported}]`
}

export const declaration = declare({
  name: 'prometheus.scrape',
  stability: 'generally-available',
  summary: 'Fetches metrics from targets over HTTP and forwards them.',
  accepts: ['targets', 'prometheus metrics'],
  emits: [],
  wraps: 'Prometheus',
  delivery: 'A scrape that a receiver refuses until the next one is due is dropped and counted.',
  arguments: scrapeArguments,
  exports: {},
  metrics,
  load: () => import('./scrape/run.ts'),
})

import { describe, expect, it } from 'vitest'
import { declarationOf } from '../../../src/components/all.ts'
import { decoding } from '../../support/config_block.ts'

/** The first problem of a body, which lacks its output. */
async function problemOf(name: string, body: string): Promise<string | undefined> {
  const declaration = await declarationOf(`otelcol.receiver.${name}`)
  if (declaration === undefined) throw new Error(`no component ${name}`)
  return decoding(declaration.arguments, `${body}\noutput { }`).problems[0]?.message
}

const s3 = 's3downloader {\n s3_bucket = "x"\n s3_prefix = "x"\n}'
const plain = 'auth {\n sasl_plain {\n username = "u"\n password = "p"\n }\n}'
const kafka = 'brokers = ["b"]\nprotocol_version = "2.0.0"'
const vcenter = 'username = "u"\npassword = "p"'

describe('what the receivers take', () => {
  it.each([
    ['awscloudwatch', 'region = "r"\nimds_endpoint = "http://localhost:1234"'],
    ['awss3', `start_time = "2024-02-29"\nend_time = "2024-03-01 5:07"\n${s3}`],
    [
      'awss3',
      `start_time = "2024-02-29T15:04:05.5Z"\nend_time = "2024-03-01T15:04:05+01:00"\n${s3}`,
    ],
    ['awss3', `${s3}\nsqs {\n queue_url = "q"\n region = "r"\n}`],
    ['cloudflare', 'endpoint = ":1"\ntls {\n key_file = "k"\n cert_file = "c"\n}'],
    ['datadog', 'intake { behavior = "proxy" }'],
    [
      'file_stats',
      'include = "*"\nresource_attributes {\n file.name {\n metrics_include {\n' +
        ' regexp = "a.*"\n }\n }\n}',
    ],
    ['filelog', 'include = ["x"]\nencoding = "UTF-16LE"\ncompression = "gzip"'],
    ['filelog', 'include = ["x"]\nstart_at = "beginning"\ndelete_after_read = true'],
    ['filelog', 'include = ["x"]\noperators = [{ type = "json_parser" }]'],
    ['jaeger', 'protocols {\n thrift_compact { }\n}'],
    ['kafka', `${kafka}\ngroup_rebalance_strategies = ["sticky", "range"]`],
    ['kafka', `${kafka}\nerror_backoff { multiplier = 0.5 }`],
    ['otlp', 'http { logs_url_path = "a/b" }'],
    [
      'syslog',
      'tcp {\n listen_address = "[::1]:514"\n encoding = "nop"\n}\non_error = "drop_quiet"',
    ],
    ['tcplog', 'listen_address = ":514"\nmultiline { omit_pattern = true }'],
    ['vcenter', `endpoint = "HTTPS://v"\n${vcenter}`],
  ])('%s takes %s', async (name, body) => {
    expect(await problemOf(name, body)).toBeUndefined()
  })
})

describe('what the receivers refuse', () => {
  it.each([
    [
      'awscloudwatch',
      'region = "r"\nimds_endpoint = "12"',
      'unable to parse URI for imds_endpoint: parse "12": invalid URI for request',
    ],
    [
      'awss3',
      `start_time = "2023-02-29"\n${s3}`,
      'unable to parse starttime (2023-02-29), accepted formats: ' +
        '2006-01-02T15:04:05Z07:00, 2006-01-02 15:04, 2006-01-02',
    ],
    [
      'awss3',
      `end_time = "2024-01-01 24:00"\n${s3}\nsqs { queue_url = "q" }`,
      'starttime/endtime and sqs configuration cannot be used together; ' +
        'unable to parse endtime (2024-01-01 24:00), accepted formats: ' +
        '2006-01-02T15:04:05Z07:00, 2006-01-02 15:04, 2006-01-02; sqs.region is required',
    ],
    [
      'cloudflare',
      'endpoint = ":1"\ntimestamp_format = "x"\ntls { key_file = "k" }',
      'invalid timestamp_format "x", must be one of: unix, unixnano, rfc3339; ' +
        'tls was configured, but no cert file was specified',
    ],
    [
      'cloudflare',
      'endpoint = "x"',
      "failed to split endpoint into 'host:port' pair: address x: missing port in address",
    ],
    ['datadog', 'intake { behavior = "x" }', '"intake.behavior" has an invalid value "x"'],
    ['file_stats', 'include = ""', 'include must not be empty'],
    ['fluentforward', 'endpoint = ""', 'endpoint must not be empty'],
    [
      'filelog',
      'include = ["x"]\noperators = [{ }]\ndelete_after_read = true\nencoding = "x"\n' +
        'ordering_criteria {\n sort_by { sort_type = "y" }\n}\ncompression = "z"\n' +
        'header {\n pattern = "h"\n metadata_operators = [{ type = "" }]\n}',
      [
        '6 errors occurred:',
        "\t* failed to parse 'operator': missing required field 'type'",
        "\t* 'delete_after_read' cannot be used with 'start_at = end'",
        "\t* invalid 'encoding': unsupported encoding 'x'",
        "\t* invalid 'sort_type': y",
        "\t* invalid 'compression' type: z",
        "\t* failed to parse 'metadata_operator': missing required field 'type'",
        '\n',
      ].join('\n'),
    ],
    [
      'filelog',
      'include = ["x"]\nforce_flush_period = "-1s"',
      "1 error occurred:\n\t* 'force_flush_period' must not be negative\n\n",
    ],
    [
      'filelog',
      'include = ["x"]\nmultiline { omit_pattern = true }',
      'either line_start_pattern or line_end_pattern must be set',
    ],
    [
      'filelog',
      'include = ["x"]\nmultiline {\n line_start_pattern = "a"\n line_end_pattern = "b"\n}',
      'only one of line_start_pattern or line_end_pattern can be set',
    ],
    [
      'googlecloudpubsub',
      'subscription = "s"',
      "subscription 's' is not a valid format, use 'projects/<project_id>/subscriptions/<name>'",
    ],
    [
      'googlecloudpubsub',
      'subscription = "projects/p/subscriptions/s"\ncompression = "zstd"',
      'compression zstd is not supported.  supported compression formats include [gzip]',
    ],
    ['influxdb', 'endpoint = ""', 'HTTP server endpoint cannot be empty'],
    ['jaeger', 'protocols { }', 'at least one protocol must be enabled'],
    [
      'kafka',
      `${kafka}\nerror_backoff {\n enabled = true\n multiplier = 1\n}`,
      'multiplier must be greater than 1.0',
    ],
    [
      'kafka',
      `${kafka}\ngroup_rebalance_strategy = "x"`,
      "group_rebalance_strategy must be one of 'range', 'roundrobin', 'sticky', " +
        "or 'cooperative-sticky'",
    ],
    ['otlp', 'http { traces_url_path = "" }', 'traces_url_path cannot be empty'],
    [
      'otlp',
      'http { metrics_url_path = "%zz" }',
      'invalid metrics_url_path: parse "%zz": invalid URL escape "%zz"',
    ],
    [
      'solace',
      'queue = "q"\nauth { }',
      'the auth block must contain exactly one of sasl_plain block, sasl_xauth2 block ' +
        'or sasl_external block',
    ],
    [
      'solace',
      `queue = ""\n${plain}`,
      'queue must not be empty, queue definition has format queue://<queuename>',
    ],
    [
      'solace',
      `queue = "q"\n${plain}\nflow_control {\n delayed_retry { delay = "-1s" }\n}`,
      'the delay attribute in the delayed_retry block must be > 0, got -1000000000',
    ],
    ['solace', `queue = "q"\n${plain}\nflow_control { }`, 'missing required block "delayed_retry"'],
    [
      'syslog',
      'tcp { encoding = "x" }\nudp { listen_address = "y" }\non_error = "z"',
      [
        '4 errors occurred:',
        '\t* tcp.listen_address cannot be empty',
        "\t* invalid tcp.encoding: unsupported encoding 'x'",
        '\t* invalid udp.listen_address: address y: missing port in address',
        '\t* invalid on_error: z',
        '\n',
      ].join('\n'),
    ],
    [
      'tcplog',
      'listen_address = "x"\nmax_log_size = "64B"',
      [
        '2 errors occurred:',
        '\t* invalid listen_address: address x: missing port in address',
        "\t* invalid value 64 for parameter 'max_log_size', must be equal to or greater than " +
          '65536 bytes',
        '\n',
      ].join('\n'),
    ],
    ['vcenter', `endpoint = "v"\n${vcenter}`, 'url scheme must be http or https'],
    [
      'vcenter',
      `endpoint = "::"\n${vcenter}`,
      'unable to parse url ::: parse "::": missing protocol scheme',
    ],
  ])('%s refuses %s', async (name, body, message) => {
    expect(await problemOf(name, body)).toBe(message)
  })
})

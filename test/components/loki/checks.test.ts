import { describe, expect, it } from 'vitest'
import { declarationOf } from '../../../src/components/all.ts'
import { complaints, decoded } from '../../support/config_block.ts'

const forward = 'forward_to = []\n'
const listener = (rest: string) => `${forward}listener {\naddress = "x"\n${rest}\n}`
const client = (rest: string) => `${forward}client {\n${rest}\n}`
const endpoint = (rest: string) => `endpoint {\n${rest}\n}`
const metric = (rest: string) => `${forward}stage.metrics {\nmetric.${rest}\n}`
const truncate = (rest: string) => `${forward}stage.truncate {\nrule {\n${rest}\n}\n}`

const cases: readonly [component: string, body: string, problem: string | undefined][] = [
  ['process', `${forward}stage.cri {\nmax_partial_lines = 1\n}`, undefined],
  [
    'process',
    `${forward}stage.cri {\nmax_partial_lines = 0\n}`,
    'max_partial_lines must be greater than 0',
  ],
  ['process', `${forward}stage.eventlogmessage {\nsource = "a b"\n}`, 'invalid label name: a b'],
  ['process', `${forward}stage.windowsevent {\nsource = "a b"\n}`, undefined],
  ['process', `${forward}stage.windowsevent {\nsource = ""\n}`, 'invalid label name: '],
  ['process', `${forward}stage.split_json {\n}`, undefined],
  ['process', `${forward}stage.split_json {\nsource = ""\n}`, '"" source cannot be empty'],
  [
    'process',
    `${forward}stage.multiline {\nfirstline = "x"\nmax_wait_time = "-1s"\n}`,
    'max_wait_time must be greater than 0',
  ],
  ['process', `${forward}stage.sampling {\nrate = 1\n}`, undefined],
  [
    'process',
    `${forward}stage.sampling {\nrate = -0.0000005\n}`,
    'sampling stage failed to parse rate,' +
      'Sampling Rate must be between 0.0 and 1.0, received -0.000000',
  ],
  [
    'process',
    `${forward}stage.template {\nsource = ""\ntemplate = "x"\n}`,
    'template source value is required',
  ],
  ['process', truncate('limit = "4B"\nsuffix = "…"'), undefined],
  ['process', truncate('limit = "0B"'), 'limit must be greater than zero'],
  ['process', truncate('limit = "3B"\nsuffix = "…"'), 'suffix length must be less than limit'],
  [
    'process',
    truncate('limit = "3B"\nsources = ["x"]'),
    "sources cannot be set when source_type is 'line'",
  ],
  ['process', metric('counter {\nname = "x"\naction = "inc"\nmatch_all = true\n}'), undefined],
  [
    'process',
    metric('counter {\nname = "x"\naction = "set"\n}'),
    "the 'action' counter field must be either 'inc' or 'add'",
  ],
  [
    'process',
    metric('counter {\nname = "x"\naction = "inc"\nmatch_all = true\nvalue = "y"\n}'),
    "a 'counter' metric supports either 'match_all' or a 'value', but not both",
  ],
  [
    'process',
    metric('counter {\nname = "x"\naction = "inc"\nmatch_all = true\ncount_entry_bytes = true\n}'),
    "the 'count_entry_bytes' counter field must be specified along with match_all " +
      'set to true or action set to add',
  ],
  [
    'process',
    metric('gauge {\nname = "x"\naction = "x"\n}'),
    "the 'action' gauge field must be one of the following values: [set, inc, dec, add, sub]",
  ],
  [
    'process',
    metric('histogram {\nname = "x"\nbuckets = []\nmax_idle_duration = "999ms"\n}'),
    'max_idle_duration must be greater or equal than 1s',
  ],
  [
    'secretfilter',
    `${forward}rate = 1.5`,
    'secretfilter: rate must be between 0.0 and 1.0, received 1.500000',
  ],
  [
    'source.docker',
    `${forward}targets = []\nhost = "::"`,
    'failed to parse Docker host "::": parse "::": missing protocol scheme',
  ],
  [
    'source.docker',
    `${forward}targets = []\nhost = "x"\nrefresh_interval = "-90s"`,
    'refresh_interval must be positive, got "-1m30s"',
  ],
  [
    'source.file',
    `${forward}targets = []\nfile_match {\nsync_period = "0s"\n}`,
    'sync period must be greater than 0',
  ],
  ['source.gcplog', forward, "exactly one of 'push' or 'pull' must be provided"],
  ['source.gcplog', `${forward}push {\n}`, undefined],
  [
    'source.gcplog',
    `${forward}push {\npush_timeout = "-1s"\n}`,
    'push_timeout must be greater than zero',
  ],
  ['source.kubernetes', `targets = []\n${client('api_server = "x"\nno_proxy = ""')}`, undefined],
  [
    'source.kubernetes',
    `targets = []\n${client('api_server = "x"\nkubeconfig_file = "x"')}`,
    'only one of api_server and kubeconfig_file can be set',
  ],
  [
    'source.kubernetes',
    `targets = []\n${client('kubeconfig_file = "x"\nenable_http2 = false')}`,
    'custom HTTP client configuration is not allowed when kubeconfig_file is set',
  ],
  [
    'source.kubernetes',
    `targets = []\n${client('tls_config {\ninsecure_skip_verify = true\n}')}`,
    'api_server must be set when custom HTTP client configuration is provided',
  ],
  [
    'source.kubernetes',
    `targets = []\n${client('api_server = "x"\nno_proxy = "x"')}`,
    'if no_proxy is configured, proxy_url must also be configured',
  ],
  ['source.kubernetes_events', `${forward}job_name = ""`, 'job_name must not be an empty string'],
  [
    'source.syslog',
    listener('protocol = "TCP"'),
    "syslog listener protocol should be either 'tcp' or 'udp', got TCP",
  ],
  ['source.syslog', listener('syslog_format = null'), 'unknown syslog format: ""'],
  [
    'source.syslog',
    listener('syslog_format = "raw"\nuse_rfc5424_message = true'),
    '"use_rfc5424_message" has no effect when syslog format is set to "raw"',
  ],
  ['source.syslog', listener('syslog_format = "raw"\nraw_format_options {\n}'), undefined],
  [
    'source.syslog',
    listener('rfc3164_cisco_components {\nhostname = true\n}'),
    'rfc3164_cisco_components has no effect when syslog format is not "rfc3164"',
  ],
  [
    'source.syslog',
    listener('syslog_format = "rfc3164"\nrfc3164_cisco_components {\n}'),
    'at least one option in rfc3164_cisco_components has to be enabled',
  ],
  [
    'write',
    endpoint('url = "%zz"'),
    'failed to parse remote url "%zz": parse "%zz": invalid URL escape "%zz"',
  ],
  [
    'write',
    'wal {\nmin_read_frequency = "1s"\n}',
    'WAL min read frequency should be lower than max read frequency',
  ],
  [
    'rules.kubernetes',
    'address = "x"\nsync_interval = "0s"',
    'sync_interval must be greater than 0',
  ],
  [
    'rules.kubernetes',
    'address = "x"\nloki_namespace_prefix = ""',
    'loki_namespace_prefix must not be empty',
  ],
  [
    'rules.kubernetes',
    'address = "x"\nextra_query_matchers {\nmatcher {\n' +
      'name = "a"\nvalue = "b"\nmatch_type = "=="\n}\n}',
    'invalid match type: "=="',
  ],
]

async function argumentsOf(component: string) {
  const declaration = await declarationOf(`loki.${component}`)
  if (declaration === undefined) throw new Error(`no component loki.${component}`)
  return declaration.arguments
}

describe('checks of loki components', () => {
  it.each(cases)('%s: %j', async (component, body, problem) => {
    const schema = await argumentsOf(component)
    expect(complaints(schema, body)).toEqual(problem === undefined ? [] : [problem])
  })
})

describe('settings that a check rewrites', () => {
  it('takes the name of a metric for its source', async () => {
    const schema = await argumentsOf('process')
    expect(
      decoded(schema, metric('counter {\nname = "lines"\naction = "inc"\nmatch_all = true\n}')),
    ).toMatchObject({ stage: [{ metric: [{ variant: 'counter', source: 'lines' }] }] })
  })

  it('makes an Authorization header of a bearer token', async () => {
    const schema = await argumentsOf('write')
    expect(
      decoded(schema, endpoint('url = "http://x"\nbearer_token_file = "/token"')),
    ).toMatchObject({
      endpoint: [
        { bearer_token_file: '', authorization: { type: 'Bearer', credentials_file: '/token' } },
      ],
    })
  })
})

import { describe, expect, it } from 'vitest'
import { declarationOf } from '../../../../src/components/all.ts'
import { complaints, decoded } from '../../../support/config_block.ts'

const azure = 'subscriptions = ["x"]\nresource_type = "x"\nmetrics = ["x"]\n'
const gcp = 'project_ids = ["x"]\nmetrics_prefixes = ["a.com/b"]\n'
const probed = 'config_file = "x"\n'

const cases: readonly [string, string, string, string[]][] = [
  [
    'azure tells all at once',
    'azure',
    'subscriptions = []\nresource_type = ""\nmetrics = []\ninterval = "1m"',
    [
      'subscriptions cannot be empty,resource_type cannot be empty,metrics cannot be empty,' +
        'timespan PT5M is not a valid ISO8601 duration, bad format string',
    ],
  ],
  ['azure takes durations of all units', 'azure', `${azure}timespan = "P1Y2M3DT4H5M6S"`, []],
  ['azure ignores case', 'azure', `${azure}metric_aggregations = ["Total"]`, []],
  [
    'azure knows its clouds',
    'azure',
    `${azure}azure_cloud_environment = "moon"`,
    [
      'failed to create an azure cloud configuration from azure cloud environment moon, ' +
        'unable to set Azure Cloud "moon", not valid',
    ],
  ],
  [
    'blackbox wants modules',
    'blackbox',
    'target {\nname = "x"\naddress = "x"\n}',
    ['config or config_file must be set'],
  ],
  [
    'blackbox wants them once',
    'blackbox',
    `${probed}config = "a: 1"`,
    ['config and config_file are mutually exclusive'],
  ],
  [
    'blackbox wants a mapping',
    'blackbox',
    'config = "x"',
    [
      'invalid blackbox_exporter config: yaml: unmarshal errors:\n' +
        '  line 1: cannot unmarshal !!str `x` into config.plain',
    ],
  ],
  [
    'blackbox wants one way to name targets',
    'blackbox',
    `${probed}targets = [{}]\ntarget {\nname = "x"\naddress = "x"\n}`,
    ['the block `target` and the attribute `targets` are mutually exclusive'],
  ],
  [
    'listed targets have names',
    'blackbox',
    `${probed}targets = [{ "address" = "x" }]`,
    ['all targets must have a `name`'],
  ],
  [
    'listed targets have addresses',
    'snmp',
    'targets = [{ "name" = "x" }]',
    ['all targets must have an `address` or an `__address__` label'],
  ],
  ['either address will do', 'snmp', 'targets = [{ "name" = "x", "__address__" = "x" }]', []],
  [
    'snmp wants modules once',
    'snmp',
    'config_file = "x"\nconfig = "a: 1"',
    ['config and config_file are mutually exclusive'],
  ],
  [
    'gcp tells all at once',
    'gcp',
    'project_ids = []\nmetrics_prefixes = []',
    ['2 errors: no project_ids defined; at least 1 metrics_prefixes is required'],
  ],
  [
    'gcp wants filters that do something',
    'gcp',
    `${gcp}extra_filters = ["c:x", "a:x", "c:y"]`,
    [
      'no metric_prefixes started with c which means the extra_filters c:x,c:y ' +
        'will not have any effect',
    ],
  ],
  [
    'kafka cannot name several brokers',
    'kafka',
    'kafka_uris = ["a", "b"]',
    [
      'an automatic value for `instance` cannot be determined from 2 kafka servers, ' +
        'manually provide one for this component',
    ],
  ],
  ['kafka takes a name for them', 'kafka', 'kafka_uris = ["a", "b"]\ninstance = "x"', []],
  [
    'mssql wants connections',
    'mssql',
    'connection_string = "x"\nmax_idle_connections = 0',
    ['max_idle_connections must be at least 1'],
  ],
  [
    'mssql wants time',
    'mssql',
    'connection_string = "x"\ntimeout = "0s"',
    ['timeout must be positive'],
  ],
  [
    'mssql wants a mapping',
    'mssql',
    'connection_string = "x"\nquery_config = "p4ss"',
    [
      'invalid query_config: yaml: unmarshal errors:\n' +
        '  line 1: cannot unmarshal !!str `p4ss` into config.plain',
    ],
  ],
  ['mysql needs no name', 'mysql', '', []],
  [
    'mysql reads its name',
    'mysql',
    'data_source_name = "x"',
    ['invalid DSN: missing the slash separating the database name'],
  ],
  [
    'oracledb takes the login once',
    'oracledb',
    'connection_string = "oracle://h/s"\nusername = "u"\npassword = "p"',
    ['connection string should not contain a scheme if the username and password are provided'],
  ],
  ['oracledb needs a database', 'oracledb', '', ['no connection string was provided']],
  [
    'oracledb takes one or several',
    'oracledb',
    'connection_string = "x"\ndatabase {\nname = "x"\nconnection_string = "x"\n}',
    ['cannot set connection_string together with database blocks; use one or the other'],
  ],
  [
    'postgres runs something',
    'postgres',
    'disable_default_metrics = true',
    ['custom_queries_config_path must be set when disable_default_metrics is true'],
  ],
  [
    'postgres runs custom queries alone',
    'postgres',
    'disable_default_metrics = true\ncustom_queries_config_path = "x"\nenabled_collectors = ["x"]',
    ['enabled_collectors cannot be set when disable_default_metrics is true'],
  ],
  [
    'redis takes one list of scripts',
    'redis',
    'redis_addr = "x"\nscript_path = "x"\nscript_paths = ["x"]',
    ['only one of script_path and script_paths should be specified'],
  ],
  ['squid needs an address', 'squid', 'address = ""', ['no address was provided']],
  ['squid needs a port', 'squid', 'address = "x"', ['address x: missing port in address']],
  [
    'static reads its text',
    'static',
    'text = "a 1"',
    [
      'failed to parse prom text: text format parsing error in line 1: ' +
        'unexpected end of input stream',
    ],
  ],
]

async function argumentsOf(exporter: string) {
  const declaration = await declarationOf(`prometheus.exporter.${exporter}`)
  if (declaration === undefined) throw new Error(`no exporter ${exporter}`)
  return declaration.arguments
}

describe('arguments of exporters', () => {
  it.each(cases)('%s', async (_, exporter, body, expected) => {
    expect(complaints(await argumentsOf(exporter), body)).toEqual(expected)
  })

  it('hold what the exporter of a block left out runs with', async () => {
    const args = decoded(await argumentsOf('unix'), 'ntp { server = "x" }')
    expect(args.ntp).toMatchObject({ server: 'x', ip_ttl: 1, protocol_version: 4 })
  })
})

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { components, declarationOf } from '../../../../src/components/all.ts'
import {
  instanceOf,
  type Surroundings,
} from '../../../../src/components/prometheus/exporter/instance.ts'
import { bytesOf } from '../../../../src/go/text.ts'
import { decoded } from '../../../support/config_block.ts'

type Exporter = keyof typeof instanceOf

const surroundings: Surroundings = {
  id: 'the.component',
  hostname: 'the-host',
  env: () => undefined,
  md5: (text) => createHash('md5').update(bytesOf(text)).digest('hex'),
}

async function label(
  exporter: Exporter,
  body: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const declaration = await declarationOf(`prometheus.exporter.${exporter}`)
  if (declaration === undefined) throw new Error(`${exporter} is not declared`)
  const args = decoded(declaration.arguments, body)
  // The declaration is that of the function.
  return instanceOf[exporter](args as never, { ...surroundings, env: (name) => environment[name] })
}

const postgres = (...urls: string[]) => `data_source_names = ${JSON.stringify(urls)}`
const snowflake = 'username = "u"\nwarehouse = "w"\n'
const databricks = 'warehouse_http_path = "/x"\nclient_id = "c"\nclient_secret = "s"\n'
const target = 'target {\nname = "a"\naddress = "b"\n}'

const labels: readonly [what: string, exporter: Exporter, body: string, label: string][] = [
  ['host and port of a URL', 'apache', 'scrape_uri = "http://u:p@h:80/x"', 'h:80'],
  ['the default URL', 'apache', '', 'localhost'],
  ['host and port of a URL', 'consul', '', 'localhost:8500'],
  ['host and port of a URL', 'elasticsearch', 'address = "http://u:p@h:9200"', 'h:9200'],
  ['host of a URL', 'github', '', 'api.github.com'],
  ['host of a URL', 'mongodb', 'mongodb_uri = "mongodb://u:p@h:27017/db"', 'h:27017'],
  ['all hosts of a URL', 'mongodb', 'mongodb_uri = "mongodb://u:p@a:1,b:2/"', 'a:1,b:2'],
  ['host of a URL', 'mssql', 'connection_string = "sqlserver://u:p@h:1433?x=y"', 'h:1433'],
  ['host of a URL', 'oracledb', 'connection_string = "oracle://u:p@h:1521/s"', 'h:1521'],
  [
    'host of a string without a scheme',
    'oracledb',
    'connection_string = "h:1521/s"\nusername = "u"\npassword = "p"',
    'h:1521',
  ],
  [
    'the component of several databases',
    'oracledb',
    'database {\nname = "a"\nconnection_string = "h:1/s"\n}',
    'the.component',
  ],
  ['an address as written', 'dnsmasq', '', 'localhost:53'],
  ['an address as written', 'memcached', 'address = "h"', 'h'],
  ['an address as written', 'squid', 'address = "h:3128"', 'h:3128'],
  ['an address as written', 'redis', 'redis_addr = "h:6379"', 'h:6379'],
  ['a URL as written', 'redis', 'redis_addr = "redis://h:6379/1"', 'redis://h:6379/1'],
  ['no password', 'redis', 'redis_addr = "rediss://u:p@w@h:1/x@y"', 'rediss://h:1/x@y'],
  ['the account', 'snowflake', `${snowflake}account_name = "acc"`, 'acc'],
  ['the server', 'databricks', `${databricks}server_hostname = "h"`, 'h'],
  ['the port', 'catchpoint', '', '9090'],
  ['the broker', 'kafka', 'kafka_uris = ["h:1"]', 'h:1'],
  ['the broker whatever is said', 'kafka', 'kafka_uris = ["h:1"]\ninstance = "x"', 'h:1'],
  ['what is said', 'kafka', 'kafka_uris = ["h:1", "h:2"]\ninstance = "x"', 'x'],
  [
    'network, address and database',
    'mysql',
    'data_source_name = "u:p@(h)/db?x=y"',
    'tcp(h:3306)/db',
  ],
  ['the default server', 'mysql', '', 'tcp(127.0.0.1:3306)/'],
  ['the machine', 'cadvisor', '', 'the-host'],
  ['the machine', 'process', '', 'the-host'],
  ['the machine', 'self', '', 'the-host'],
  ['the machine', 'unix', '', 'the-host'],
  ['the machine', 'windows', '', 'the-host'],
  ['the component', 'blackbox', `config_file = "x"\n${target}`, 'the.component'],
  ['the component', 'snmp', '', 'the.component'],
  ['the component', 'static', 'text = ""', 'the.component'],
  ['the component', 'statsd', '', 'the.component'],
]

/** What lib/pq 1.12.3 reads of the URLs. */
const postgresUrls: readonly [url: string, label: string][] = [
  ['postgres://u:p@h:5432/db?sslmode=disable', 'postgresql://h:5432/db'],
  ['postgresql:///db', 'postgresql://localhost:5432/db'],
  ['postgres:opaque', 'postgresql://localhost:5432/'],
  ['postgres://h', 'postgresql://h/'],
  ['postgres://h:/x', 'postgresql://h/x'],
  ['postgresql://u@[::1]:5/x', 'postgresql://::1:5/x'],
  ['postgresql://u@[::1]/x', 'postgresql://[::1]/x'],
  ['postgres://a:1,b:2/x', 'postgresql://a:1,b:2/x'],
  ['postgres:///x?host=/run/pg&port=5433', 'postgresql:///run/pg:5433/x'],
  ['postgres:///x?port=5433', 'postgresql://localhost:5432/x'],
  ['postgres://h/x?host=z&host=zz', 'postgresql://z/x'],
  ['postgres://z/x?host=h', 'postgresql://z/x'],
  ['postgres://h/x?dbname=y', 'postgresql://h/y'],
  ['postgres://h/a%20b?%zz=1', 'postgresql://h/a b'],
]

/** Recorded from Alloy 1.18. */
const hashes: readonly [exporter: Exporter, body: string, label: string][] = [
  [
    'gcp',
    `project_ids      = ["p1"]
    metrics_prefixes = ["pubsub.googleapis.com/subscription"]
    extra_filters    = [
      "pubsub.googleapis.com/subscription:resource.labels.subscription_id=\\"s1\\"",
    ]`,
    '220fffcd1378e6156a29dffaa5f1e2c6',
  ],
  [
    'azure',
    `subscriptions       = ["sub-1"]
    resource_type       = "Microsoft.Storage/storageAccounts"
    metrics             = ["UsedCapacity"]
    regions             = ["westeurope"]
    metric_aggregations = ["average", "maximum"]
    included_dimensions = ["BlobType"]`,
    '5b593902ce32e31ab200ac1d0fab0d14',
  ],
  [
    'azure',
    `subscriptions               = ["sub-1"]
    resource_type               = "Microsoft.Storage/storageAccounts"
    metrics                     = ["UsedCapacity"]
    resource_graph_query_filter = "where location == \\"westeurope\\""
    metric_name_template        = "az_{metric}"`,
    'c7ea7d6b76855c7325d877c5291988dc',
  ],
  [
    'cloudwatch',
    `sts_region              = "us-east-1"
    aws_sdk_version_v2      = true
    labels_snake_case       = true
    discovery_exported_tags = {"AWS/EC2" = ["Name", "env:x"]}
    discovery {
      type                 = "AWS/EC2"
      regions              = ["us-east-1"]
      recently_active_only = false
      custom_tags          = {"team" = "ops"}
      metric {
        name       = "CPUUtilization"
        statistics = ["Average", "Maximum"]
        period     = "5m"
        length     = "30m"
      }
      metric {
        name                     = "NetworkIn"
        statistics               = ["Sum"]
        period                   = "5m"
        length                   = "30m"
        add_cloudwatch_timestamp = true
      }
      metric {
        name        = "DiskReadOps"
        statistics  = ["Sum"]
        period      = "5m"
        nil_to_zero = true
      }
    }`,
    'd8657a02fb415f87ffc6662d22eab56c',
  ],
  [
    'cloudwatch',
    `sts_region         = "us-east-1"
    aws_sdk_version_v2 = true
    custom_namespace "app" {
      namespace = "MyApp"
      regions   = ["us-east-1"]
      metric {
        name       = "Requests"
        statistics = ["Sum", "SampleCount"]
        period     = "5m"
        length     = "30m"
      }
    }
    decoupled_scraping {
      enabled         = true
      scrape_interval = "10s"
    }`,
    'c4aa9690fc50f2d75b74ada72e113789',
  ],
]

const failures: readonly [what: string, exporter: Exporter, body: string, message: string][] = [
  ['a URL', 'apache', 'scrape_uri = "://"', 'parse "://": missing protocol scheme'],
  [
    'a URL',
    'consul',
    'server = "://"',
    'could not parse url: parse "://": missing protocol scheme',
  ],
  [
    'a URL',
    'elasticsearch',
    'address = "://"',
    'could not parse url: parse "://": missing protocol scheme',
  ],
  [
    'a URL',
    'github',
    'api_url = "://"',
    'could not parse url: parse "://": missing protocol scheme',
  ],
  [
    'a URL, without its password',
    'mongodb',
    'mongodb_uri = "mongodb://u:p4ss@h:x/"',
    'could not parse url: mongodb_uri is not a valid URL',
  ],
  [
    'a URL, without its password',
    'mssql',
    'connection_string = "sqlserver://u:p4ss@h:x/"',
    'failed to validate config: connection_string is not a valid URL',
  ],
  [
    'a scheme',
    'mssql',
    'connection_string = "x"',
    'failed to validate config: scheme of provided connection_string URL must be sqlserver',
  ],
  [
    'a URL, without its password',
    'oracledb',
    'connection_string = "oracle://u:p4ss@h:x/"',
    'connection_string is not a valid URL',
  ],
  ['a broker', 'kafka', '', 'empty kafka_uris provided'],
  ['a scheme', 'postgres', postgres('hello'), 'cannot parse DSN: invalid connection protocol: '],
  [
    'a URL, without its password',
    'postgres',
    postgres('postgres://u:p4 ss@h/'),
    'cannot parse DSN: data_source_name is not a valid URL',
  ],
  [
    'a server',
    'postgres',
    '',
    'cannot create postgres_exporter; neither postgres_exporter.data_source_name or ' +
      '$POSTGRES_EXPORTER_DATA_SOURCE_NAME is set',
  ],
]

describe('instance', () => {
  it.each(labels)('is %s: %s', async (_, exporter, body, expected) => {
    expect(await label(exporter, body)).toBe(expected)
  })

  it.each(postgresUrls)('is server and database of PostgreSQL: %s', async (url, expected) => {
    expect(await label('postgres', postgres(url))).toBe(expected)
  })

  it('is the component of several servers of PostgreSQL', async () => {
    expect(await label('postgres', postgres('postgres://a/', 'postgres://b/'))).toBe(
      'the.component',
    )
  })

  it.each(hashes)('is a hash of the settings: %s', async (exporter, body, expected) => {
    expect(await label(exporter, body)).toBe(expected)
  })

  it('takes servers of PostgreSQL from the environment where none are written', async () => {
    const variable = 'POSTGRES_EXPORTER_DATA_SOURCE_NAME'
    const one = { [variable]: 'postgres://h/x' }
    expect(await label('postgres', '', one)).toBe('postgresql://h/x')
    expect(await label('postgres', postgres('postgres://i/y'), one)).toBe('postgresql://i/y')
    const two = { [variable]: 'postgres://h/x,postgres://i/y' }
    expect(await label('postgres', '', two)).toBe('the.component')
  })

  it('takes the name of the machine from the environment first', async () => {
    expect(await label('unix', '', { HOSTNAME: 'node-7' })).toBe('node-7')
    expect(await label('unix', '', { HOSTNAME: '' })).toBe('the-host')
  })

  it.each(failures)('needs %s: %s', async (_, exporter, body, message) => {
    await expect(label(exporter, body)).rejects.toThrow(new Error(message))
  })

  it('is known for every exporter', () => {
    const prefix = 'prometheus.exporter.'
    const names = Object.keys(components).filter((name) => name.startsWith(prefix))
    expect(Object.keys(instanceOf)).toEqual(names.map((name) => name.slice(prefix.length)))
  })
})

// What the label `instance` of an exporter's targets says, by exporter: what it collects from where
// that can be told in one address, else the machine or the component.
// Source of the behaviour: alloy/internal/component/prometheus/exporter and the configurations in
// alloy/internal/static/integrations.

import type { Secret } from '../../../eval/secret.ts'
import { parseUrl } from '../../../go/url.ts'
import { mySqlServer } from '../../common/mysql_dsn.ts'
import { azureInstance, cloudwatchInstance, gcpInstance } from './instance_hash.ts'
import { machineName } from './instance_machine.ts'
import { postgresInstance } from './instance_postgres.ts'

/** What a label may depend on besides the arguments. */
export interface Surroundings {
  /** Of the component. */
  readonly id: string
  readonly hostname: string
  env(name: string): string | undefined
  /** Of a byte string, as 32 hexadecimal digits. */
  md5(text: string): string
}

/**
 * By the last part of the component's name, a function of its arguments, which have been checked.
 * Each throws what keeps the component from being built, never with a password in it.
 */
export const instanceOf = {
  apache: ({ scrape_uri }: { scrape_uri: string }) => parseUrl(scrape_uri).host,
  azure: azureInstance,
  blackbox: component,
  cadvisor: machine,
  catchpoint: ({ port }: { port: string }) => port,
  cloudwatch: cloudwatchInstance,
  consul: ({ server }: { server: string }) => hostOf(server),
  databricks: ({ server_hostname }: { server_hostname: string }) => server_hostname,
  dnsmasq: ({ address }: { address: string }) => address,
  elasticsearch: ({ address }: { address: string }) => hostOf(address),
  gcp: gcpInstance,
  github: ({ api_url }: { api_url: string }) => hostOf(api_url),
  kafka,
  memcached: ({ address }: { address: string }) => address,
  mongodb: ({ mongodb_uri }: { mongodb_uri: Secret }) => {
    return hostOfSecret(mongodb_uri, 'could not parse url: mongodb_uri is not a valid URL')
  },
  mssql,
  mysql: ({ data_source_name }: { data_source_name: Secret | undefined }) => {
    const { network, address, database } = mySqlServer(data_source_name?.reveal() ?? '')
    return `${network}(${address})/${database}`
  },
  oracledb,
  postgres: postgresInstance,
  process: machine,
  redis: ({ redis_addr }: { redis_addr: string }) => withoutUser(redis_addr),
  self: machine,
  snmp: component,
  snowflake: ({ account_name }: { account_name: string }) => account_name,
  squid: ({ address }: { address: string }) => address,
  static: component,
  statsd: component,
  unix: machine,
  windows: machine,
}

function component(_: unknown, { id }: Surroundings): string {
  return id
}

function machine(_: unknown, { hostname, env }: Surroundings): string {
  return machineName(hostname, env('HOSTNAME'))
}

function hostOf(url: string): string {
  try {
    return parseUrl(url).host
  } catch (error) {
    throw new Error(`could not parse url: ${(error as Error).message}`)
  }
}

/** With a message of its own: that of the parser repeats the URL. */
function hostOfSecret(url: Secret, problem: string): string {
  try {
    return parseUrl(url.reveal()).host
  } catch {
    throw new Error(problem)
  }
}

/** A single broker is the label whatever `instance` says. */
function kafka(args: { kafka_uris: readonly string[]; instance: string }): string {
  const [first, second] = args.kafka_uris
  if (first === undefined) throw new Error('empty kafka_uris provided')
  return second === undefined ? first : args.instance
}

function mssql({ connection_string }: { connection_string: Secret }): string {
  const failure = 'failed to validate config: '
  const host = hostOfSecret(connection_string, `${failure}connection_string is not a valid URL`)
  if (parseUrl(connection_string.reveal()).scheme === 'sqlserver') return host
  throw new Error(`${failure}scheme of provided connection_string URL must be sqlserver`)
}

/** With user and password apart the string has no scheme: `host:port/service`. */
function oracledb(
  { connection_string }: { connection_string: Secret | undefined },
  { id }: Surroundings,
): string {
  if (connection_string === undefined) return id
  const [beforeSlash = ''] = connection_string.reveal().split('/', 1)
  return connection_string.reveal().includes('://')
    ? hostOfSecret(connection_string, 'connection_string is not a valid URL')
    : beforeSlash
}

function withoutUser(address: string): string {
  return address.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1')
}

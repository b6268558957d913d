// Data source names of MySQL: user:password@network(address)/database?parameter=value.
// Source of the behaviour: go-sql-driver/mysql, dsn.go.

import { parseDurationNs } from '../../go/duration.ts'
import { splitHostPort } from '../../go/host_port.ts'
import { parseInteger } from '../../go/number.ts'
import { quote } from '../../go/quote.ts'
import { pathUnescape, queryUnescape } from '../../go/url.ts'

const booleans = new Set([
  'allowAllFiles',
  'allowCleartextPasswords',
  'allowFallbackToPlaintext',
  'allowNativePasswords',
  'allowOldPasswords',
  'checkConnLiveness',
  'clientFoundRows',
  'columnsWithAlias',
  'interpolateParams',
  'multiStatements',
  'parseTime',
  'rejectReadOnly',
])
const durations = new Set(['readTimeout', 'timeout', 'writeTimeout'])
const truths = ['1', 'true', 'TRUE', 'True', '0', 'false', 'FALSE', 'False']

/** Where a name leads, its defaults filled in: `tcp`, `127.0.0.1:3306`. */
export interface MySqlServer {
  readonly network: string
  readonly address: string
  readonly database: string
}

/** What is wrong with a name, never with the password in it; an empty one is fine. */
export function mySqlDsnProblem(dsn: string): string | undefined {
  return attempt(() => mySqlServer(dsn))
}

/** Throws what `mySqlDsnProblem` says. */
export function mySqlServer(dsn: string): MySqlServer {
  const slash = dsn.lastIndexOf('/')
  if (slash < 0 && dsn !== '') {
    throw new Error('invalid DSN: missing the slash separating the database name')
  }
  const at = dsn.lastIndexOf('@', slash)
  const host = readHost(dsn.slice(at + 1, Math.max(slash, 0)), at)
  return { ...host, database: readDatabase(dsn.slice(slash + 1)) }
}

function readHost(host: string, at: number): Pick<MySqlServer, 'network' | 'address'> {
  const open = host.indexOf('(')
  if (open >= 0 && !host.endsWith(')')) {
    throw new Error(
      host.includes(')', open)
        ? 'invalid DSN: did you forget to escape a param value?'
        : 'invalid DSN: network address not terminated (missing closing brace)',
    )
  }
  const network = (open < 0 ? host : host.slice(0, open)) || 'tcp'
  const address = open < 0 ? '' : host.slice(open + 1, -1)
  if (address !== '') return { network, address: network === 'tcp' ? withPort(address) : address }
  if (network === 'tcp') return { network, address: '127.0.0.1:3306' }
  if (network === 'unix') return { network, address: '/tmp/mysql.sock' }
  // Without an `@` what stands for the network may well be the user and the password.
  throw new Error(`default addr for network '${at < 0 ? '(secret)' : network}' unknown`)
}

/** As Go has it, an IPv6 address that is in brackets already gets another pair. */
function withPort(address: string): string {
  try {
    splitHostPort(address)
    return address
  } catch {
    return address.includes(':') ? `[${address}]:3306` : `${address}:3306`
  }
}

function readDatabase(text: string): string {
  const mark = text.indexOf('?')
  const name = mark < 0 ? text : text.slice(0, mark)
  for (const parameter of mark < 0 ? [] : text.slice(mark + 1).split('&')) {
    const equals = parameter.indexOf('=')
    if (equals < 0) continue
    const problem = parameterProblem(parameter.slice(0, equals), parameter.slice(equals + 1))
    if (problem !== undefined) throw new Error(problem)
  }
  const problem = attempt(() => pathUnescape(name))
  if (problem !== undefined) throw new Error(`invalid dbname ${quote(name)}: ${problem}`)
  return pathUnescape(name)
}

function parameterProblem(name: string, value: string): string | undefined {
  if (booleans.has(name)) return truths.includes(value) ? undefined : `invalid bool value: ${value}`
  if (durations.has(name)) return attempt(() => parseDurationNs(value))
  if (name === 'maxAllowedPacket') return attempt(() => parseInteger(value, { name: 'Atoi' }))
  if (name === 'tls') {
    const problem = attempt(() => queryUnescape(value))
    return problem && `invalid value for TLS config name: ${problem}`
  }
  return undefined
}

function attempt(parse: () => unknown): string | undefined {
  try {
    parse()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

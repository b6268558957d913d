// Data source names of MySQL: user:password@network(address)/database?parameter=value.
// Source of the behaviour: go-sql-driver/mysql, dsn.go.

import { parseDurationNs } from '../../go/duration.ts'
import { parseInteger } from '../../go/number.ts'
import { queryUnescape } from '../../go/url.ts'

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

/** What is wrong with a name, never with the password in it; an empty one is fine. */
export function mySqlDsnProblem(dsn: string): string | undefined {
  if (dsn === '') return undefined
  const slash = dsn.lastIndexOf('/')
  if (slash < 0) return 'invalid DSN: missing the slash separating the database name'
  const at = dsn.lastIndexOf('@', slash)
  return hostProblem(dsn.slice(at + 1, slash), at) ?? databaseProblem(dsn.slice(slash + 1))
}

function hostProblem(host: string, at: number): string | undefined {
  const open = host.indexOf('(')
  if (open >= 0 && !host.endsWith(')')) {
    return host.includes(')', open)
      ? 'invalid DSN: did you forget to escape a param value?'
      : 'invalid DSN: network address not terminated (missing closing brace)'
  }
  const network = open < 0 ? host : host.slice(0, open)
  const address = open < 0 ? '' : host.slice(open + 1, -1)
  const hasDefault = ['', 'tcp', 'unix'].includes(network)
  if (address !== '' || hasDefault) return undefined
  // Without an `@` what stands for the network may well be the user and the password.
  return `default addr for network '${at < 0 ? '(secret)' : network}' unknown`
}

function databaseProblem(text: string): string | undefined {
  const mark = text.indexOf('?')
  if (mark < 0) return undefined
  for (const parameter of text.slice(mark + 1).split('&')) {
    const equals = parameter.indexOf('=')
    if (equals < 0) continue
    const problem = parameterProblem(parameter.slice(0, equals), parameter.slice(equals + 1))
    if (problem !== undefined) return problem
  }
  return undefined
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

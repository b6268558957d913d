// The label `instance` of PostgreSQL's exporter: the server and the database, where there is one.

import type { Secret } from '../../../eval/secret.ts'
import { splitHostPort } from '../../../go/host_port.ts'
import { type GoUrl, parseUrl, queryUnescape } from '../../../go/url.ts'
import { postgresUrlProblem } from '../../common/postgres.ts'
import type { Surroundings } from './instance.ts'

const variable = 'POSTGRES_EXPORTER_DATA_SOURCE_NAME'

/** `postgresql://host:port/database`; the component where there are several. */
export function postgresInstance(
  { data_source_names }: { data_source_names: readonly Secret[] },
  { id, env }: Surroundings,
): string {
  const fromEnvironment = env(variable) || undefined
  const urls =
    data_source_names.length > 0
      ? data_source_names.map((name) => name.reveal())
      : fromEnvironment?.split(',')
  if (urls === undefined) {
    throw new Error(
      'cannot create postgres_exporter; neither postgres_exporter.data_source_name or ' +
        `$${variable} is set`,
    )
  }
  const [url = '', second] = urls
  if (second !== undefined) return id
  const problem = postgresUrlProblem(url)
  if (problem !== undefined) throw new Error(`cannot parse DSN: ${problem}`)
  const settings = settingsOf(parseUrl(url))
  const host = settings.get('host')
  const port = host === undefined ? '5432' : settings.get('port')
  const address = port === undefined ? (host ?? '') : `${host ?? 'localhost'}:${port}`
  return `postgresql://${address}/${settings.get('dbname') ?? ''}`
}

/** Of host, port and database; what the query says of them counts where it sorts last. */
function settingsOf({ host, path, query, opaque }: GoUrl): Map<string, string> {
  if (opaque !== '') return new Map()
  const settings: [string, string][] = [...hostSettings(host), ['dbname', path.slice(1)]]
  const seen = new Set<string>()
  for (const parameter of (query ?? '').split('&')) {
    const [name = '', ...value] = parameter.split('=').map(unescaped)
    if (seen.has(name)) continue
    seen.add(name)
    settings.push([name, value.join('=')])
  }
  const given = settings.filter(([, value]) => value !== '')
  return new Map(given.sort(([, a], [, b]) => (a < b ? -1 : 1)))
}

function hostSettings(text: string): [string, string][] {
  try {
    const { host, port } = splitHostPort(text)
    return [
      ['host', host],
      ['port', port],
    ]
  } catch {
    return [['host', text]]
  }
}

/** Go leaves out parameters that it cannot read. */
function unescaped(text: string): string {
  try {
    return queryUnescape(text)
  } catch {
    return ''
  }
}

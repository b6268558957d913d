import { describe, expect, it } from 'vitest'
import { declaration as mysql } from '../../../src/components/database_observability/mysql.ts'
import { declaration as postgres } from '../../../src/components/database_observability/postgres.ts'
import { declaration as sqlServer } from '../../../src/components/database_observability/sql_server.ts'
import { bodyText } from '../../../src/schema/encode.ts'
import type { Schema } from '../../../src/schema/schema.ts'
import { complaints, decoding } from '../../support/config_block.ts'

const target = 'targets = [{ "__address__" = "x" }]\n'
const instance = (dsn: string, more = ''): string =>
  `database_instance "l" {\ndata_source_name = "${dsn}"\n${more}\n}\n`
const twoClouds = 'cloud_provider {\naws {\narn = "x"\n}\ngcp {\nconnection_name = "x"\n}\n}\n'
const oneCloud = 'cloud_provider: at most one of aws, azure, or gcp must be specified'
const noSlash = 'invalid DSN: missing the slash separating the database name'

const cases: readonly [string, Schema, string, string[]][] = [
  ['MySQL needs no database of its own', mysql.arguments, '', []],
  [
    'instances have exporters, targets come from one',
    mysql.arguments,
    target + instance('/'),
    [
      'targets and database_instance blocks are mutually exclusive: database_instance blocks ' +
        'always use the embedded exporter',
    ],
  ],
  [
    'an exporter of its own excludes targets',
    mysql.arguments,
    `${target}prometheus_exporter {}`,
    [
      'prometheus_exporter and targets are mutually exclusive: use prometheus_exporter to ' +
        'embed the exporter, or targets to scrape an external one',
    ],
  ],
  [
    'its exporter is checked',
    mysql.arguments,
    'prometheus_exporter {\ndata_source_name = "x"\n}',
    [noSlash],
  ],
  ['instances are checked', mysql.arguments, instance('x'), [`database_instance "l": ${noSlash}`]],
  [
    'clouds of instances are checked',
    mysql.arguments,
    instance('/', twoClouds),
    [`database_instance "l": ${oneCloud}`],
  ],
  ['a database is in one cloud', mysql.arguments, twoClouds, [oneCloud]],
  [
    'PostgreSQL wants its own scheme',
    postgres.arguments,
    'data_source_name = "http://u:p4ss@h"',
    ['invalid connection protocol: http'],
  ],
  [
    'nothing of a broken URL is shown',
    postgres.arguments,
    'data_source_name = "postgres://u:p4ss%zz@h"',
    ['data_source_name is not a valid URL'],
  ],
  [
    'SQL Server wants times',
    sqlServer.arguments,
    'data_source_name = "x"\nquery_metrics {\ncollect_interval = "0s"\n}',
    ['query_metrics.collect_interval must be greater than zero'],
  ],
  [
    'SQL Server wants times that fit',
    sqlServer.arguments,
    'data_source_name = "x"\nquery_metrics {\nstatements_lookback = "2147483648s"\n}',
    ['query_metrics.statements_lookback must be between 1s and 2147483647s'],
  ],
]

describe('arguments of database_observability', () => {
  it.each(cases)('%s', (_, schema, body, expected) => {
    expect(complaints(schema, `forward_to = []\n${body}`)).toEqual(expected)
  })

  it('show what a block holds besides what is written', () => {
    const { body } = decoding(mysql.arguments, 'forward_to = []\nlocks {\nthreshold = "5s"\n}')
    expect(bodyText(body)).toBe(
      'forward_to = []\n\nlocks {\n\tcollect_interval = "30s"\n\tthreshold        = "5s"\n}',
    )
  })
})

import { describe, expect, it } from 'vitest'
import { mySqlDsnProblem } from '../../../src/components/common/mysql_dsn.ts'

const good = [
  '',
  '/',
  'user:pass@tcp(mysql:3306)/db',
  'user:p@ss/word@tcp(mysql:3306)/db',
  'root@(mysql:3306)/',
  'unix(/tmp/mysql.sock)/db',
  'tcp/db?parseTime=true&timeout=5s&maxAllowedPacket=0&tls=skip-verify&x&y=z',
]

const bad: readonly [string, string][] = [
  ['s3cr3tx', 'invalid DSN: missing the slash separating the database name'],
  ['u:p@db.svc:3306/', "default addr for network 'db.svc:3306' unknown"],
  ['u:p4ss/db', "default addr for network '(secret)' unknown"],
  ['u@tcp(db:3306/', 'invalid DSN: network address not terminated (missing closing brace)'],
  ['u@tcp(db:3306)x/', 'invalid DSN: did you forget to escape a param value?'],
  ['/db?parseTime=yes', 'invalid bool value: yes'],
  ['/db?timeout=5', 'time: missing unit in duration "5"'],
  ['/db?maxAllowedPacket=x', 'strconv.Atoi: parsing "x": invalid syntax'],
  ['/db?tls=%zz', 'invalid value for TLS config name: invalid URL escape "%zz"'],
]

describe('mySqlDsnProblem', () => {
  it.each(good)('takes %j', (dsn) => {
    expect(mySqlDsnProblem(dsn)).toBeUndefined()
  })

  it.each(bad)('refuses %j: %s', (dsn, problem) => {
    expect(mySqlDsnProblem(dsn)).toBe(problem)
  })
})

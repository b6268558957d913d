import { describe, expect, it } from 'vitest'
import { mySqlDsnProblem, mySqlServer } from '../../../src/components/common/mysql_dsn.ts'

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
  ['/x%zz', 'invalid dbname "x%zz": invalid URL escape "%zz"'],
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

/** Answers of go-sql-driver/mysql 1.10.1. */
const servers: readonly [string, string][] = [
  ['', 'tcp(127.0.0.1:3306)/'],
  ['/', 'tcp(127.0.0.1:3306)/'],
  ['u:p@tcp(db:3306)/app', 'tcp(db:3306)/app'],
  ['u@/', 'tcp(127.0.0.1:3306)/'],
  ['u@(db)/x', 'tcp(db:3306)/x'],
  ['u@unix/x', 'unix(/tmp/mysql.sock)/x'],
  ['u@unix(/a/b)/x', 'unix(/a/b)/x'],
  ['u@tcp(db)/a%2Fb?x=y', 'tcp(db:3306)/a/b'],
  ['u@tcp([::1])/', 'tcp([[::1]]:3306)/'],
  ['u@tcp([::1]:5)/', 'tcp([::1]:5)/'],
  ['u@tcp(::1)/', 'tcp([::1]:3306)/'],
  ['u@cloudsql(p:r:i)/x', 'cloudsql(p:r:i)/x'],
  ['u:p@tcp/x', 'tcp(127.0.0.1:3306)/x'],
  ['u:a/b@c@tcp(h:1)/d', 'tcp(h:1)/d'],
]

describe('mySqlServer', () => {
  it.each(servers)('reads %j as %s', (dsn, server) => {
    const { network, address, database } = mySqlServer(dsn)
    expect(`${network}(${address})/${database}`).toBe(server)
  })

  it('throws what is wrong', () => {
    expect(() => mySqlServer('u:p4ss/db')).toThrow(
      /^default addr for network '\(secret\)' unknown$/,
    )
  })
})

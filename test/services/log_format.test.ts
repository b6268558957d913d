import { describe, expect, it } from 'vitest'
import type { LogField } from '../../src/model/logger.ts'
import { formatRecord, type LogRecord } from '../../src/services/log_format.ts'

const timeMs = Date.UTC(2026, 10, 24, 3, 53, 54, 832)
const as = (text: string) => text

function record(message: string, fields: Record<string, LogField> = {}): LogRecord {
  return { timeMs, level: 'info', message, fields: Object.entries(fields) }
}

describe('log lines', () => {
  it.each<[string, LogRecord, string, string]>([
    [
      'a message',
      record('Alloy is starting'),
      'msg="Alloy is starting"',
      '"msg":"Alloy is starting"',
    ],
    [
      'fields in their order',
      record('starting complete graph evaluation', { controller_path: '/', controller_id: '' }),
      'msg="starting complete graph evaluation" controller_path=/ controller_id=""',
      '"msg":"starting complete graph evaluation","controller_path":"/","controller_id":""',
    ],
    [
      'durations',
      record('done', { duration: { durationMs: 2.45186 } }),
      'msg=done duration=2.45186ms',
      '"msg":"done","duration":2451860',
    ],
    [
      'errors',
      record('failed', { err: new Error('a "b"', { cause: new Error('c') }) }),
      'msg=failed err="a \\"b\\": c"',
      '"msg":"failed","err":"a \\"b\\": c"',
    ],
    [
      'numbers and truths',
      record('x', { a: 1, b: 1.5, c: 2n ** 63n, d: false }),
      'msg=x a=1 b=1.5 c=9223372036854775808 d=false',
      '"msg":"x","a":1,"b":1.5,"c":9223372036854775808,"d":false',
    ],
    ['an empty message is left out', record('', { a: 'b' }), 'a=b', '"a":"b"'],
    ['an absent field too', record('x', { a: undefined }), 'msg=x', '"msg":"x"'],
    [
      'texts that need quotes',
      record('x', { a: 'b=c', d: 'e\nf', g: 'é', h: '<i>' }),
      'msg=x a="b=c" d="e\\nf" g=é h=<i>',
      '"msg":"x","a":"b=c","d":"e\\nf","g":"é","h":"\\u003ci\\u003e"',
    ],
    [
      'names that would break the line',
      record('x', { ' a b="c ': 'd' }),
      'msg=x a_b__c=d',
      '"msg":"x"," a b=\\"c ":"d"',
    ],
  ])('%s', (_, entry, logfmt, json) => {
    const ts = '2026-11-24T03:53:54.832Z'
    expect(formatRecord(entry, 'logfmt', as)).toBe(`ts=${ts} level=info ${logfmt}\n`)
    expect(formatRecord(entry, 'json', as)).toBe(`{"ts":"${ts}","level":"info",${json}}\n`)
    JSON.parse(formatRecord(entry, 'json', as))
  })

  it('are masked before they are quoted', () => {
    const mask = (text: string) => text.replaceAll('p"w', '(secret)')
    const entry = record('p"w', { a: 'x p"w', err: new Error('p"w') })
    expect(formatRecord(entry, 'logfmt', mask)).toContain(
      'msg=(secret) a="x (secret)" err=(secret)\n',
    )
    expect(formatRecord(entry, 'json', mask)).toContain('"a":"x (secret)","err":"(secret)"')
  })
})

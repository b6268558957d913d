import { describe, expect, it } from 'vitest'
import { Secret } from '../../src/eval/secret.ts'
import { systemClock } from '../../src/model/clock.ts'
import { LogService } from '../../src/services/logging.ts'
import { SecretMask } from '../../src/services/secret_mask.ts'

function service(mask: (text: string) => string = (text) => text) {
  const lines: string[] = []
  const clock = { ...systemClock, now: () => 0 }
  const logs = new LogService({ clock, mask, write: (line) => lines.push(line) })
  return { logs, lines }
}

describe('LogService', () => {
  it('holds records back until it is configured, then prints those of the level', () => {
    const { logs, lines } = service()
    logs.logger.log('debug', 'a')
    logs.logger.log('info', 'b')
    expect(lines).toEqual([])
    logs.configure({ level: 'info', format: 'logfmt' })
    logs.logger.log('warn', 'c')
    logs.logger.log('debug', 'd')
    const ts = 'ts=1970-01-01T00:00:00Z'
    expect(lines).toEqual([`${ts} level=info msg=b\n`, `${ts} level=warn msg=c\n`])
  })

  it('changes level and format while running', () => {
    const { logs, lines } = service()
    logs.configure({ level: 'error', format: 'logfmt' })
    logs.logger.log('info', 'a')
    logs.configure({ level: 'debug', format: 'json' })
    logs.logger.log('debug', 'b')
    expect(lines).toEqual(['{"ts":"1970-01-01T00:00:00Z","level":"debug","msg":"b"}\n'])
  })

  it('gives fields of a logger first, in the order in which they were added', () => {
    const { logs, lines } = service()
    logs.configure({ level: 'info', format: 'logfmt' })
    const logger = logs.logger.with({ service: 'http' }).with({ x: 1 })
    logger.log('info', 'm', { y: 2 })
    expect(lines).toEqual(['ts=1970-01-01T00:00:00Z level=info msg=m service=http x=1 y=2\n'])
  })

  it('bounds what it holds back, and says how much was dropped', () => {
    const { logs, lines } = service()
    for (let i = 0; i < 10_003; i++) logs.logger.log('info', String(i))
    logs.configure({ level: 'info', format: 'logfmt' })
    expect(lines).toHaveLength(10_001)
    expect(lines.at(-1)).toContain('dropped=3')
  })

  it('masks secrets', () => {
    const mask = new SecretMask()
    mask.remember({ password: new Secret('hunter2-hunter2') })
    const { logs, lines } = service(mask.apply)
    logs.configure({ level: 'info', format: 'logfmt' })
    logs.logger.log('info', 'm', { err: new Error('login with hunter2-hunter2 failed') })
    expect(lines[0]).toContain('err="login with (secret) failed"')
  })
})

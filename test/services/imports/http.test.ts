import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { declaration } from '../../../src/components/config/import/http.ts'
import { openHttpImport } from '../../../src/services/imports/http.ts'
import { decodeText } from '../../support/decode_text.ts'
import { serve } from '../../support/http_server.ts'
import { TestImportContext } from '../../support/import_context.ts'

const argumentsOf = (text: string) => decodeText(declaration.arguments, text)

describe('import.http', () => {
  it('publishes what the server answers, trimmed, with the URL of its folder', async () => {
    const server = await serve((_, response) => response.end('\n declare "a" { }\n\n'))
    const context = new TestImportContext()
    const source = openHttpImport(context)
    await source.update(
      argumentsOf(`
        url = "${server.origin}/modules/m.alloy"
        method = "PUT"
        headers = { "X-A" = "b" }
        body = "ask"
        client { basic_auth {
          username = "u"
          password = "p"
        } }
      `),
    )
    expect(context.texts).toEqual({ 'import.test.m': 'declare "a" { }' })
    expect(context.published[0]!.modulePath).toBe(`${server.origin}/modules`)
    expect(source.health()).toMatchObject({ state: 'healthy', message: 'polled endpoint' })
    expect(server.received[0]).toMatchObject({ method: 'PUT', body: 'ask' })
    expect(server.received[0]!.headers).toMatchObject({
      'x-a': 'b',
      authorization: `Basic ${Buffer.from('u:p').toString('base64')}`,
    })
    source.close?.()
  })

  it('unzips', async () => {
    const server = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(gzipSync('zipped'))
    })
    const context = new TestImportContext()
    const source = openHttpImport(context)
    await source.update(argumentsOf(`url = "${server.origin}/m"`))
    expect(context.texts).toEqual({ 'import.test.m': 'zipped' })
    source.close?.()
  })

  it('fails to begin with anything but 200', async () => {
    const server = await serve((_, response) => {
      response.statusCode = 500
      response.end()
    })
    const context = new TestImportContext()
    const failed = openHttpImport(context).update(argumentsOf(`url = "${server.origin}/m"`))
    await expect(failed).rejects.toMatchObject({
      message: 'creating http component',
      cause: { message: 'unexpected status code 500 Internal Server Error' },
    })
    expect(context.logger.lines).toEqual([
      'error unexpected status code from response status=500 Internal Server Error',
    ])
  })

  it('polls while it runs, and shows polls that fail', async () => {
    let status = 200
    const server = await serve((_, response) => {
      response.statusCode = status
      response.end(`answer ${status}`)
    })
    const context = new TestImportContext()
    const source = openHttpImport(context)
    const text = `url = "${server.origin}/m"\npoll_frequency = "10s"`
    await source.update(argumentsOf(text))
    const stop = new AbortController()
    const ran = source.run(stop.signal)
    status = 404
    await context.clock.advance(10_000)
    await expect
      .poll(() => source.health().message)
      .toBe('polling failed: unexpected status code 404 Not Found')
    expect(context.published).toHaveLength(1)
    status = 200
    await context.clock.advance(10_000)
    await expect.poll(() => context.published.length).toBe(2)
    expect(source.health().state).toBe('healthy')

    await source.update(argumentsOf(text.replace('10s', '1m')))
    await context.clock.advance(10_000)
    expect(server.received).toHaveLength(4)
    stop.abort()
    await ran
    expect(context.clock.timers).toBe(0)
    source.close?.()
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fixture } from '../support/http_server.ts'
import { startTls } from '../support/tls_server.ts'

/** Name of the certificate that the server shows. */
async function shownName(port: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().subject.CN)
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

describe('files of certificates', () => {
  function files() {
    const dir = mkdtempSync(join(tmpdir(), 'alloyts-tls-'))
    onTestFinished(() => rmSync(dir, { recursive: true }))
    const paths = { cert_file: join(dir, 'tls.crt'), key_file: join(dir, 'tls.key') }
    const put = (name: string) => {
      writeFileSync(paths.key_file, fixture(`${name}.key`))
      writeFileSync(paths.cert_file, fixture(`${name}.crt`))
    }
    put('server')
    return { paths, put }
  }

  it('are served anew when they change, without a reload', async () => {
    const { paths, put } = files()
    const { port, lines } = await startTls(paths)
    expect(await shownName(port)).toBe('alloyts test server')
    put('stranger')
    await expect.poll(() => shownName(port)).toBe('alloyts test stranger')
    expect(lines.at(-1)).toContain('the certificate of the HTTP server has changed')
  })

  it('are served as they were while they cannot be used', async () => {
    const { paths, put } = files()
    const { port, lines } = await startTls(paths)
    writeFileSync(paths.cert_file, 'half a certi')
    await expect
      .poll(async () => {
        expect(await shownName(port)).toBe('alloyts test server')
        return lines.join('\n')
      })
      .toContain('error cannot read the certificate of the HTTP server again')
    rmSync(paths.cert_file)
    expect(await shownName(port)).toBe('alloyts test server')
    put('stranger')
    await expect.poll(() => shownName(port)).toBe('alloyts test stranger')
  })
})

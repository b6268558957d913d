import { writeFileSync } from 'node:fs'
import https from 'node:https'
import { expect, it } from 'vitest'
import { fixture, fixturePath } from '../support/http_server.ts'
import { startProgram } from '../support/running_program.ts'
import { ca } from '../support/tls_server.ts'

function block(cert: string): string {
  return `
    http {
      tls {
        cert_file = "${cert}"
        key_file  = "${fixturePath('server.key')}"
      }
    }
  `
}

it('a reload turns TLS on and off, and a bad one changes nothing', async () => {
  const { url, path, output } = await startProgram('')
  const { port } = new URL(url)
  const reload = () => {
    return new Promise<string>((resolve, reject) => {
      const options = { port, host: '127.0.0.1', path: '/-/reload', ca, agent: false }
      const request = https.get(options, (response) => {
        let text = `${response.statusCode} `
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve(text))
      })
      request.on('error', reject)
    })
  }
  writeFileSync(path, block(fixturePath('server.crt')))
  expect((await fetch(`${url}/-/reload`, { headers: { connection: 'close' } })).status).toBe(200)
  expect(await reload()).toBe('200 config reloaded\n')
  writeFileSync(path, block('/nowhere/x.crt'))
  expect(await reload()).toBe(
    `400 error during the initial load: ${path}:2:5: Failed to evaluate service: ` +
      'updating service: failed to read cert_file: open /nowhere/x.crt: ' +
      'no such file or directory\n',
  )
  const pem = fixture('server.key')
  writeFileSync(path, `http {\ntls {\ncert_pem = "x"\nkey_pem = ${JSON.stringify(pem)}\n}\n}`)
  expect(await reload()).toContain('updating service: cannot use certificate and key')
  writeFileSync(path, '')
  expect(await reload()).toBe('200 config reloaded\n')
  expect((await fetch(`${url}/-/ready`)).status).toBe(200)
  expect(output.join('')).not.toContain(pem.split('\n')[1])
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadCatalog } from '../../src/cli/catalog.ts'
import { fileReader } from '../../src/cli/file_reader.ts'
import { describe as told } from '../../src/engine/describe.ts'
import { Engine } from '../../src/engine/engine.ts'
import { Scope } from '../../src/eval/scope.ts'
import { systemClock } from '../../src/model/clock.ts'
import { LabelPool } from '../../src/model/label_pool.ts'
import { HttpClient } from '../../src/net/http_client.ts'
import { viewOfEngine } from '../../src/server/engine_view.ts'
import { httpService } from '../../src/server/http_block.ts'
import { HttpServer } from '../../src/server/server.ts'
import { LogService } from '../../src/services/logging.ts'
import { loggingService } from '../../src/services/logging_block.ts'
import { programFacts } from '../../src/services/program.ts'
import { SecretMask } from '../../src/services/secret_mask.ts'

/** The parts that `run` puts together, on a port of their own. */
async function start(config: string) {
  const dir = mkdtempSync(join(tmpdir(), 'alloyts-server-'))
  const path = join(dir, 'config.alloy')
  writeFileSync(path, config)
  const lines: string[] = []
  const clock = systemClock
  const mask = new SecretMask()
  const logs = new LogService({ clock, mask: mask.apply, write: (line) => lines.push(line) })
  const { logger } = logs
  const server = new HttpServer({
    listenAddr: '127.0.0.1:0',
    memoryAddr: 'alloy.internal:12345',
    uiPathPrefix: '/',
    logger,
  })
  const url = `http://${await server.listen()}`
  const engine = new Engine({
    catalog: await loadCatalog(),
    features: { stability: 'generally-available', community: false },
    scope: Scope.empty,
    services: [loggingService(logs), httpService(server)],
    clock,
    logger,
    files: fileReader,
    pool: new LabelPool(),
    internal: server.internal,
    program: programFacts('0.0.0', 'uid', {}),
    limits: { scrapeBodySizeBytes: 1e8, remoteWriteMemoryBytes: 1e8 },
    storagePath: dir,
    shutdownDeadlineMs: 10_000,
  })
  const loaded = await engine.load(path).then(
    () => '',
    (error: unknown) => told(error),
  )
  server.open(viewOfEngine(engine, path))
  const control = new AbortController()
  const running = engine.run(control.signal)
  onTestFinished(async () => {
    control.abort()
    await running
    await server.close()
    rmSync(dir, { recursive: true })
  })
  return { url, path, lines, loaded, server, dir }
}

const config = `
prometheus.exporter.self "default" { }
local.file "secret" {
  filename  = "FILE"
  is_secret = true
}
logging { format = "json" }
`

async function startSound() {
  const dir = mkdtempSync(join(tmpdir(), 'alloyts-file-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  const file = join(dir, 'secret')
  writeFileSync(file, 'hunter2-hunter2')
  return start(config.replace('FILE', file))
}

describe('a running engine behind the server', () => {
  it('shows its components, and never what is secret', async () => {
    const { url, loaded } = await startSound()
    expect(loaded).toBe('')
    expect(await (await fetch(`${url}/-/ready`)).text()).toBe('Alloy is ready.\n')
    const list = (await (await fetch(`${url}/api/v0/web/components`)).json()) as {
      localID: string
    }[]
    expect(list.map(({ localID }) => localID)).toEqual([
      'prometheus.exporter.self.default',
      'local.file.secret',
    ])
    const detail = await (await fetch(`${url}/api/v0/web/components/local.file.secret`)).text()
    expect(JSON.parse(detail)).toMatchObject({
      name: 'local.file',
      arguments: [{ name: 'filename' }, { name: 'is_secret' }],
      exports: [{ name: 'content', value: { type: 'capsule', value: '(secret)' } }],
    })
    expect(detail).not.toContain('hunter2')
  })

  it('serves its metrics through the exporter, over the wire and inside the process', async () => {
    const { url, server } = await startSound()
    const path = '/api/v0/component/prometheus.exporter.self.default/metrics'
    const page = await (await fetch(url + path)).text()
    expect(page).toContain('\nalloy_config_last_load_successful 1\n')
    const client = new HttpClient({}, { userAgent: 'test', internal: server.internal })
    const answer = await client.request({
      method: 'GET',
      url: `http://alloy.internal:12345${path}`,
      timeoutMs: 1000,
      bodySizeMax: 1e6,
    })
    expect(Buffer.from(answer.body).toString()).toContain('local_file_timestamp_last_accessed')
  })

  it('answers a reload that fails with the place and the reason, and goes on', async () => {
    const { url, path, lines } = await startSound()
    writeFileSync(path, 'prometheus.nope "x" { }\n')
    const answer = await fetch(`${url}/-/reload`, { method: 'POST' })
    expect([answer.status, await answer.text()]).toEqual([
      400,
      `error during the initial load: ${path}:1:1: ` +
        'cannot find the definition of component name "prometheus.nope"\n',
    ])
    expect((await fetch(`${url}/-/ready`)).status).toBe(200)
    expect(lines.at(-1)).toContain('"failed to reload config","service":"http","err":"error during')
  })

  it('answers a reload of what cannot be parsed with the path, as upstream', async () => {
    const { url, path } = await startSound()
    writeFileSync(path, 'logging {\n}\nx {')
    const answer = await fetch(`${url}/-/reload`, { method: 'POST' })
    expect(await answer.text()).toBe(
      `reading config path "${path}": ${path}:3:4: expected }, got EOF\n`,
    )
  })

  it('says what a configuration lacks whose files are gone', async () => {
    const { url, path } = await startSound()
    rmSync(path)
    const answer = await fetch(`${url}/-/reload`)
    expect(await answer.text()).toBe(
      `reading config path "${path}": stat ${path}: no such file or directory\n`,
    )
  })
})

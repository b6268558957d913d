import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ListenFailure, Program, type ProgramOptions } from '../../src/cli/run_program.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'alloyts-run-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

class Started {
  stdout = ''
  stderr = ''
  readonly path = join(dir, 'config.alloy')
  readonly program: Program
  readonly abort = new AbortController()
  done: Promise<void> | undefined

  constructor(
    config: string | undefined,
    listenAddr = '127.0.0.1:0',
    more: Partial<ProgramOptions> = {},
  ) {
    if (config !== undefined) writeFileSync(this.path, config)
    this.program = new Program({
      path: this.path,
      features: { stability: 'generally-available', community: false },
      listenAddr,
      memoryAddr: 'alloy.internal:12345',
      uiPathPrefix: '/',
      uiDir: 'not built',
      serves: { pprof: true, supportBundle: true, graphql: false, graphqlPlayground: false },
      flags: {},
      storagePath: join(dir, 'data'),
      shutdownDeadlineMs: 10_000,
      limits: { scrapeBodySizeBytes: 1e6, remoteWriteMemoryBytes: 1e6 },
      logBufferBytes: 1 << 20,
      reloadMode: 'partial',
      watch: false,
      version: '0.0.0',
      environment: {},
      stdout: (text) => {
        this.stdout += text
      },
      stderr: (text) => {
        this.stderr += text
      },
      ...more,
    })
  }

  /** Resolves with the server's URL; rejects when the program ends before. */
  ready(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.done = this.program.run(this.abort.signal, (addr) => resolve(`http://${addr}`))
      this.done.catch(reject)
    })
  }

  /** Resolves with what the command says when the program does not start. */
  async failure(): Promise<string> {
    const error: unknown = await this.ready().then(
      () => new Error('it runs'),
      (reason: unknown) => reason,
    )
    return error instanceof Error ? error.message : String(error)
  }

  get messages(): string[] {
    const lines = [
      ...this.stderr.matchAll(/^ts=\S+ level=(\S+) msg=(?:"((?:[^"\\]|\\.)*)"|(\S+))/gm),
    ]
    return lines.map(([, level, quoted, plain]) => `${level} ${quoted ?? plain}`)
  }
}

describe('Program', () => {
  it('starts, answers, reloads and ends', async () => {
    const started = new Started('local.file "a" { filename = "/dev/null" }')
    const url = await started.ready()
    expect(await text(`${url}/-/ready`)).toBe('200 Alloy is ready.\n')
    expect(await text(`${url}/api/v0/component/local.file.a`)).toMatch(/^404/)
    writeFileSync(started.path, 'local.file "b" { filename = "/dev/null" }')
    expect(await text(`${url}/-/reload`)).toBe('200 config reloaded\n')
    expect(await text(`${url}/api/v0/web/components`)).toContain('"localID":"local.file.b"')
    const stopAtMs = performance.now()
    started.abort.abort()
    await started.done
    expect(performance.now() - stopAtMs).toBeLessThan(1000)
    expect(started.messages).toEqual(
      expect.arrayContaining([
        'info Alloy is starting',
        'info now listening for http traffic',
        'info starting complete graph evaluation',
        'info finished complete graph evaluation',
        'info {^_^} Alloy is running',
        'info scheduling loaded components and services',
        'info node exited without error',
        'info http server closed',
      ]),
    )
    expect(started.messages[0]).toBe('info Alloy is starting')
  })

  it('goes on with what it has when a reload fails, and says why', async () => {
    const started = new Started('')
    const url = await started.ready()
    writeFileSync(started.path, 'x = ')
    expect(await text(`${url}/-/reload`)).toBe(
      `400 reading config path "${started.path}": ${started.path}:1:5: expected expression, got EOF\n`,
    )
    writeFileSync(started.path, 'nope "x" { }\nnope "y" { }')
    expect(await text(`${url}/-/reload`)).toBe(
      `400 error during the initial load: ${started.path}:1:1: cannot find the definition of component name "nope" (and 1 more diagnostics)\n`,
    )
    rmSync(started.path)
    await started.program.reload()
    expect(started.stderr).toContain(
      `msg="failed to reload config" err="reading config path \\"${started.path}\\": stat ${started.path}: no such file or directory"\n`,
    )
    expect(await text(`${url}/-/ready`)).toBe('200 Alloy is ready.\n')
    started.abort.abort()
    await started.done
  })

  it('answers 400 and changes nothing where a reload is all or nothing', async () => {
    const good = 'local.file "a" { filename = "/dev/null" }'
    const started = new Started(good, undefined, { reloadMode: 'atomic' })
    const url = await started.ready()
    const broken = 'local.file "b" { filename = "/dev/null" }\nlocal.file "c" { }'
    for (const [next, reason] of [
      [broken, '2:1: Failed to build component: decoding configuration: missing required'],
      [broken.replace('{ }', '{ filename = "/nope" }'), '2:1: Failed to build component: failed'],
    ] as const) {
      writeFileSync(started.path, next)
      expect(await text(`${url}/-/reload`)).toContain(
        `400 error during the initial load: ${started.path}:${reason}`,
      )
      const components = await text(`${url}/api/v0/web/components`)
      expect(components.match(/"localID":"[^"]*"/g)).toEqual(['"localID":"local.file.a"'])
      expect(components).toContain('"state":"healthy"')
    }
    started.abort.abort()
    await started.done
  })

  it('reloads by itself when Kubernetes turns the volume of its configuration', async () => {
    const volume = join(dir, 'volume')
    const publish = (version: string, config: string) => {
      mkdirSync(join(volume, version), { recursive: true })
      writeFileSync(join(volume, version, 'config.alloy'), config)
      symlinkSync(version, join(volume, '..data_tmp'))
      renameSync(join(volume, '..data_tmp'), join(volume, '..data'))
    }
    publish('..1', 'local.file "a" { filename = "/dev/null" }')
    symlinkSync('..data/config.alloy', join(volume, 'config.alloy'))
    const path = join(volume, 'config.alloy')
    const started = new Started(undefined, undefined, { path, watch: true })
    const url = await started.ready()
    publish('..2', 'local.file "b" { filename = "/dev/null" }')
    await expect
      .poll(() => text(`${url}/api/v0/web/components`), { timeout: 8_000 })
      .toContain('"localID":"local.file.b"')
    expect(started.messages).toContain('info the configuration has changed, reloading')
    started.abort.abort()
    await started.done
  })

  it('prints the report alone when the graph cannot be built', async () => {
    const started = new Started('nope "x" { }')
    expect(await started.failure()).toBe('could not perform the initial load successfully')
    expect(started.stdout).toBe('\n')
    expect(started.stderr).toBe(
      [
        `Error: ${started.path}:1:1: cannot find the definition of component name "nope"`,
        '',
        '1 | nope "x" { }',
        '  | ^^^^',
        '',
      ].join('\n'),
    )
  })

  it('prints logs before the report when an evaluation fails', async () => {
    const started = new Started('local.file "a" { }')
    expect(await started.failure()).toBe('could not perform the initial load successfully')
    expect(started.messages).toContain('error failed to evaluate config')
    expect(started.stderr).toContain(
      'Failed to build component: decoding configuration: missing required attribute "filename"\n',
    )
  })

  it.each([
    ['logging { write_to = [null] }', 'argument "write_to" is not available in alloyts yet'],
    [
      'http {\ntls {\nwindows_certificate_filter {\nserver {}\nclient {}\n}\n}\n}',
      'block "tls.windows_certificate_filter" is not available in alloyts yet',
    ],
    [
      'http {\ntls {\ncert_file = "/nowhere/c"\nkey_file = "/nowhere/k"\n}\n}',
      '1:1: Failed to evaluate service: updating service: failed to read cert_file: ' +
        'open /nowhere/c: no such file or directory',
    ],
    ['remotecfg { url = "http://x" }', 'argument "url" is not available in alloyts yet'],
  ])('refuses %s', async (config, message) => {
    const started = new Started(config)
    await started.failure()
    expect(started.stderr).toContain(message)
  })

  it.each([
    'livedebugging { enabled = true }',
    'labelstore { }',
    'tracing { }',
    'remotecfg { }',
    'http { }',
  ])('accepts %s', async (config) => {
    const started = new Started(config)
    await started.ready()
    started.abort.abort()
    await started.done
  })

  it('ends at once when it is told to before the load has finished', async () => {
    const started = new Started('local.file "a" { filename = "/dev/null" }')
    started.abort.abort()
    await started.program.run(started.abort.signal)
    expect(started.messages).not.toContain('info {^_^} Alloy is running')
  })

  it('reads the configuration again where it was told to before the load had finished', async () => {
    const started = new Started('')
    const url = started.ready()
    await started.program.reload()
    await url
    await expect.poll(() => started.messages).toContain('info config reloaded')
    started.abort.abort()
    await started.done
  })

  it('says that the configuration is missing', async () => {
    const started = new Started(undefined)
    expect(await started.failure()).toBe(
      `reading config path "${started.path}": stat ${started.path}: no such file or directory`,
    )
    expect(started.stderr).toBe('')
  })

  it('ends when its address is taken, with log lines alone', async () => {
    const first = new Started('')
    const url = new URL(await first.ready())
    const second = new Started('', url.host)
    await expect(second.ready()).rejects.toThrow(ListenFailure)
    expect(second.messages).toEqual([
      'info Alloy is starting',
      `error failed to listen on ${url.host}`,
    ])
    first.abort.abort()
    await first.done
  })
})

async function text(url: string): Promise<string> {
  const response = await fetch(url)
  return `${response.status} ${await response.text()}`
}

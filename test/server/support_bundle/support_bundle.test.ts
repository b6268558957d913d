import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { InternalResponse } from '../../../src/engine/internal_network.ts'
import type { BundleFacts } from '../../../src/server/support_bundle/parts.ts'
import { supportBundle } from '../../../src/server/support_bundle/support_bundle.ts'
import { LogTee } from '../../../src/services/log_tee.ts'
import { askRoute } from '../../support/ask_route.ts'

const json = (text: string): InternalResponse => {
  return { status: 200, headers: {}, body: Buffer.from(text) }
}

function facts(changes: Partial<BundleFacts> = {}): BundleFacts {
  return {
    version: 'v1.2.3',
    os: 'linux',
    architecture: 'amd64',
    environment: {},
    logs: new LogTee(),
    flags: () => 'a=b',
    metrics: async () => 'up 1\n',
    api: async (path) => json(`["${path}"]`),
    sources: async () => ({
      config: [{ name: '/etc/config.alloy', text: 'logging { }' }],
      imported: [{ name: '/lib/config.alloy', text: 'declare "a" { }' }],
    }),
    redact: (text) => text.replaceAll('hunter22', '(secret)'),
    ...changes,
  }
}

const bundle = (changes: Partial<BundleFacts> = {}, isEnabled = true) => {
  return supportBundle({ facts: facts(changes), isEnabled })
}

async function unpacked(answer: InternalResponse | undefined) {
  const pieces: Uint8Array[] = []
  for await (const piece of answer!.stream!) pieces.push(piece)
  return Object.entries(unzipSync(Buffer.concat(pieces))).map(([path, content]) => {
    return [path.replace('alloy-support-bundle/', ''), Buffer.from(content).toString()] as const
  })
}

const small = 'duration=1&exclude=pprof,alloyts-report.json'

describe('a support bundle', () => {
  it('has the files of upstream, and a report of ours', async () => {
    const logs = new LogTee()
    const answer = await askRoute(bundle({ logs }), 'GET /-/support?duration=1')
    expect(answer!.headers).toEqual({
      'content-disposition': 'attachment; filename="alloy-support-bundle.zip"',
      'content-type': 'application/zip',
    })
    const unpacking = unpacked(answer)
    await new Promise((resolve) => setTimeout(resolve, 100))
    logs.write('ts=1 level=info msg=hello\n')
    const files = new Map(await unpacking)
    expect([...files.keys()]).toEqual([
      'alloy-metadata.yaml',
      'alloy-components.json',
      'alloy-peers.json',
      'alloy-runtime-flags.txt',
      'alloy-environment.txt',
      'alloy-metrics-sample-start.txt',
      'alloy-metrics-sample-end.txt',
      'alloy-logs.txt',
      'alloyts-components.json',
      'alloyts-report.json',
      'pprof/cpu.pprof',
      'pprof/heap.pprof',
      'pprof/block.pprof',
      'pprof/goroutine.pprof',
      'pprof/mutex.pprof',
      'sources/config.alloy',
      'sources/imports/config.alloy',
    ])
    expect(files.get('alloy-metadata.yaml')).toMatch(
      /^build_version: v1\.2\.3\nos: linux\narchitecture: amd64\nuptime: \d+\n$/,
    )
    expect(files.get('alloy-components.json')).toBe('["api/v0/web/components"]')
    expect(files.get('alloy-peers.json')).toBe('["api/v0/web/peers"]')
    expect(files.get('alloy-logs.txt')).toBe('ts=1 level=info msg=hello\n')
    expect(files.get('sources/config.alloy')).toBe('logging { }')
    expect(files.get('sources/imports/config.alloy')).toBe('declare "a" { }')
    expect(files.get('alloy-metrics-sample-end.txt')).toBe('up 1\n')
  })

  it('is there 0.2 s before the end of its duration, without a file of logs when none came', async () => {
    const startMs = performance.now()
    const files = await unpacked(await askRoute(bundle(), `GET /-/support?${small}`))
    expect(files.map(([path]) => path)).not.toContain('alloy-logs.txt')
    expect(performance.now() - startMs).toBeGreaterThan(790)
    expect(performance.now() - startMs).toBeLessThan(5000)
  })

  it('has what can be collected, and says what cannot', async () => {
    const metrics = () => Promise.reject(new Error('no hunter22'))
    const api = async () => ({ ...json('no'), status: 404 })
    const some = 'alloy-metrics-sample-start.txt,alloy-peers.json,alloy-runtime-flags.txt'
    const path = `GET /-/support?${small}&include=${some}`
    expect(await unpacked(await askRoute(bundle({ api, metrics }), path))).toEqual([
      ['alloy-runtime-flags.txt', 'a=b'],
      [
        'alloyts-errors.txt',
        'cannot collect alloy-peers.json: api/v0/web/peers is answered with 404\n' +
          'cannot collect alloy-metrics-sample-start.txt: no (secret)\n',
      ],
    ])
  })

  it('waits until the one before is ready', async () => {
    let underWay = 0
    let most = 0
    const metrics = async () => {
      most = Math.max(most, ++underWay)
      await new Promise((resolve) => setTimeout(resolve, 50))
      underWay--
      return ''
    }
    const route = bundle({ metrics })
    const path = `GET /-/support?${small}&include=alloy-metrics-sample-start.txt`
    const both = await Promise.all([1, 2].map(() => askRoute(route, path)))
    expect(both.map((answer) => answer!.status)).toEqual([200, 200])
    const files = await Promise.all(both.map(unpacked))
    expect([files.length, most]).toEqual([2, 1])
  })

  it('does not wait for one whose client has gone', async () => {
    const route = bundle()
    const control = new AbortController()
    const first = await askRoute(route, 'GET /-/support', { signal: control.signal })
    const given = unpacked(first)
    const second = unpacked(await askRoute(route, `GET /-/support?${small}`))
    control.abort()
    await expect(given).rejects.toThrow('aborted')
    expect((await second).length).toBeGreaterThan(5)
  })

  it('is refused where too many wait', async () => {
    const route = bundle()
    const control = new AbortController()
    const ask = async () => {
      const answer = await askRoute(route, 'GET /-/support', { signal: control.signal })
      if (answer!.stream === undefined) return answer!.status
      unpacked(answer).catch(() => {})
      return answer!.status
    }
    const statuses: number[] = []
    for (let i = 0; i < 10; i++) statuses.push(await ask())
    control.abort()
    expect(statuses).toEqual([...Array(9).fill(200), 503])
  })
})

// Recorded from Alloy 1.18, with and without its flag.
describe('a request for one', () => {
  const disabled =
    'support bundle generation is disabled; it can be re-enabled by removing the --server.http.disable-support-bundle flag'

  it.each<[request: string, isEnabled: boolean, status: number, text: string]>([
    ['GET /-/support?duration=abc', false, 403, disabled],
    [
      'GET /-/support?duration=0',
      true,
      400,
      'duration value (in seconds) should be larger than 1\n',
    ],
    ['POST /-/support', true, 405, ''],
  ])('%s, enabled: %s', async (request, isEnabled, status, text) => {
    const answer = await askRoute(bundle({}, isEnabled), request)
    expect([answer!.status, answer!.text]).toEqual([status, text])
  })

  it('is not answered elsewhere', async () => {
    expect(await askRoute(bundle(), 'GET /-/supporter')).toBeUndefined()
  })
})

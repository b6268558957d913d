import { monitorEventLoopDelay } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { bundleDuration } from '../../../src/server/support_bundle/duration.ts'
import { environmentText } from '../../../src/server/support_bundle/environment.ts'
import { type Part, sourceFiles } from '../../../src/server/support_bundle/parts.ts'
import { processReport } from '../../../src/server/support_bundle/process_report.ts'
import { partsChosen } from '../../../src/server/support_bundle/selection.ts'

const notInteger = 'duration value (in seconds) should be a positive integer: strconv.Atoi: parsing'

describe('the duration of a bundle', () => {
  it.each<[query: string, seconds: number]>([
    ['', 30],
    ['duration=1', 1],
    ['duration=%2B4', 4],
    ['duration=30', 30],
  ])('%j', (query, seconds) => {
    expect(bundleDuration(new URLSearchParams(query))).toEqual({ seconds })
  })

  // Recorded from Alloy 1.18, but for the last two.
  it.each<[query: string, problem: string]>([
    ['duration=0', 'duration value (in seconds) should be larger than 1'],
    ['duration=-1', 'duration value (in seconds) should be larger than 1'],
    ['duration=abc', `${notInteger} "abc": invalid syntax`],
    ['duration=31', "duration value exceeds the server's write timeout"],
    ['duration=100000', "duration value exceeds the server's write timeout"],
    ['duration=', `${notInteger} "": invalid syntax`],
    ['duration=99999999999999999999', `${notInteger} "99999999999999999999": value out of range`],
  ])('%j is refused', (query, problem) => {
    expect(bundleDuration(new URLSearchParams(query))).toEqual({ problem })
  })
})

it('the environment is listed as recorded, proxies without their logins', () => {
  const environment = {
    GOGC: '100',
    HOSTNAME: 'demo-host',
    HTTP_PROXY: 'http://pu:pp@127.0.0.1:1',
    https_proxy: 'pu:p@p@proxy:3128',
    NO_PROXY: '127.0.0.1',
    NODE_OPTIONS: '--token=hush',
    SECRET: 'hush',
  }
  expect(environmentText(environment, (line) => line.replace('hush', '(secret)'))).toBe(
    `AUTOMEMLIMIT=
GODEBUG=
GOGC=100
GOMAXPROCS=
GOMEMLIMIT=
HOSTNAME=demo-host
HTTP_PROXY=http://(secret)@127.0.0.1:1
http_proxy=
HTTPS_PROXY=
https_proxy=(secret)@proxy:3128
NO_PROXY=127.0.0.1
no_proxy=
PPROF_BLOCK_PROFILING_RATE=
PPROF_MUTEX_PROFILING_PERCENT=
NODE_OPTIONS=--token=(secret)
UV_THREADPOOL_SIZE=`,
  )
})

describe('parts are chosen', () => {
  const part = (path: string): Part => ({ path, collect: async () => [] })
  const all = ['alloy-logs.txt', 'pprof/cpu.pprof', 'pprof/heap.pprof', 'sources'].map(part)

  it.each<[query: string, paths: readonly string[]]>([
    ['', ['alloy-logs.txt', 'pprof/cpu.pprof', 'pprof/heap.pprof', 'sources']],
    ['include=sources', ['sources']],
    ['include=pprof/,alloy-logs.txt', ['alloy-logs.txt', 'pprof/cpu.pprof', 'pprof/heap.pprof']],
    ['exclude=pprof&exclude=sources', ['alloy-logs.txt']],
    ['include=pprof&exclude=pprof/cpu.pprof', ['pprof/heap.pprof']],
  ])('%j', (query, paths) => {
    const chosen = partsChosen(all, new URLSearchParams(query))
    expect('parts' in chosen && chosen.parts.map(({ path }) => path)).toEqual(paths)
  })

  it('by names that there are', () => {
    expect(partsChosen(all, new URLSearchParams('exclude=pprof,log'))).toEqual({
      problem:
        'there is no "log" in a support bundle, only ' +
        'alloy-logs.txt, pprof/cpu.pprof, pprof/heap.pprof, sources',
    })
  })
})

it('sources of the same name do not collide', () => {
  const names = [
    '/etc/a/config.alloy',
    '/etc/b/config.alloy',
    'C:\\x\\config.alloy',
    'b',
    '/x/b',
    '',
  ]
  const files = sourceFiles(
    'sources',
    names.map((name) => ({ name, text: '' })),
  )
  expect(files.map(({ path }) => path)).toEqual([
    'sources/config.alloy',
    'sources/config-2.alloy',
    'sources/config-3.alloy',
    'sources/b',
    'sources/b-2',
    'sources/config-4.alloy',
  ])
})

it('the report of the process has neither environment nor command line', () => {
  process.env.PLANTED_IN_ENVIRONMENT = 'planted-hush'
  const loopDelay = monitorEventLoopDelay()
  const text = processReport({ version: 'v1', loopDelay })
  delete process.env.PLANTED_IN_ENVIRONMENT
  const report = JSON.parse(text)
  expect(text).not.toContain('planted-hush')
  expect(text).not.toContain('commandLine')
  expect(report).toMatchObject({
    version: 'v1',
    versions: { node: process.versions.node },
    heap: { heap_size_limit: expect.any(Number) },
    eventLoop: { delayMs: { count: 0, max: expect.any(Number) } },
    process: { header: { processId: process.pid }, javascriptHeap: expect.any(Object) },
  })
})

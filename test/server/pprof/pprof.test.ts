import { gunzipSync } from 'node:zlib'
import { Profile } from 'pprof-format'
import { describe, expect, it } from 'vitest'
import { pprof } from '../../../src/server/pprof/pprof.ts'
import { askRoute } from '../../support/ask_route.ts'

const route = pprof({
  commandLine: ['node', 'run', '--x=http://u:hunter22@h'],
  mask: (text) => text.replaceAll('hunter22', '(secret)'),
})

async function ask(path: string) {
  const answer = await askRoute(route, `GET ${path}`)
  return answer && { status: answer.status, headers: answer.headers, text: answer.text }
}

const plain = {
  'content-type': 'text/plain; charset=utf-8',
  'x-content-type-options': 'nosniff',
}

// Status, headers and texts as Go's answer them.
const answers: readonly [path: string, status: number, headers: object, text: string][] = [
  ['/debug/pprof/nope', 404, plain, 'Unknown profile\n'],
  ['/debug/pprof/toString', 404, plain, 'Unknown profile\n'],
  ['/debug/pprof/symbol', 200, plain, 'num_symbols: 0\n'],
  ['/debug/pprof/cmdline', 200, plain, 'node\0run\0--x=http://u:(secret)@h'],
  ['/debug/pprof/trace', 501, plain, 'execution traces are not available in alloyts\n'],
  [
    '/debug/pprof/profile?seconds=100',
    400,
    plain,
    "profile duration exceeds server's WriteTimeout\n",
  ],
  [
    '/debug/pprof/heap?seconds=-1',
    400,
    plain,
    'invalid value for "seconds" - must be a positive integer\n',
  ],
  [
    '/debug/pprof',
    307,
    { 'content-type': 'text/html; charset=utf-8', location: '/debug/pprof/' },
    '<a href="/debug/pprof/">Temporary Redirect</a>.\n\n',
  ],
]

const profiles: readonly [path: string, name: string, types: readonly string[]][] = [
  ['/debug/pprof/profile?seconds=1', 'profile', ['samples', 'cpu']],
  ['/debug/fgprof?seconds=1', 'fgprof', ['samples', 'time']],
  ['/debug/pprof/heap', 'heap', ['inuse_space']],
  ['/debug/pprof/allocs?seconds=1', 'allocs', ['alloc_space']],
  ['/debug/pprof/delta_heap?seconds=1', 'delta_heap', ['alloc_space']],
  ['/debug/pprof/goroutine', 'goroutine', ['goroutine']],
  ['/debug/pprof/block?seconds=1', 'block', ['contentions', 'delay']],
  ['/debug/pprof/delta_block?seconds=1', 'delta_block', ['contentions', 'delay']],
  ['/debug/pprof/mutex?seconds=14', 'mutex', ['contentions', 'delay']],
  ['/debug/pprof/delta_mutex', 'mutex', ['contentions', 'delay']],
]

describe('below /debug/pprof/', () => {
  it.each(answers)('%s', async (path, status, headers, text) => {
    expect(await ask(path)).toEqual({ status, headers, text })
  })

  it('nothing else is answered', async () => {
    expect(await ask('/debug/pprofx')).toBeUndefined()
    expect(await ask('/-/ready')).toBeUndefined()
  })

  it('an index leads to what there is', async () => {
    const index = await ask('/debug/pprof/')
    const links = [...index!.text.matchAll(/href="([^"]*)"/g)].map(([, link = '']) => link)
    expect(index!.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(links.length).toBeGreaterThan(5)
    const known = [...answers, ...profiles].map(([path]) => path.replace(/\?.*/, ''))
    for (const link of links) {
      const { pathname } = new URL(link, 'http://h/debug/pprof/')
      expect(known).toContain(pathname)
    }
  })
})

describe('profiles', () => {
  it.concurrent.each(profiles)('%s is valid', async (path, name, types) => {
    const answer = await askRoute(route, `GET ${path}`)
    const profile = Profile.decode(gunzipSync(answer!.body))
    const { strings } = profile.stringTable
    expect(answer!.headers).toEqual({
      'content-disposition': `attachment; filename="${name}"`,
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    })
    expect(profile.sampleType.map(({ type }) => strings[Number(type)])).toEqual(types)
  })

  it('print as text', async () => {
    expect((await ask('/debug/pprof/goroutine?debug=1'))!.text).toMatch(
      /^goroutine profile: total \d+\n/,
    )
    expect((await ask('/debug/pprof/goroutine?debug=2'))!.text).toMatch(/active resources:\n/)
    expect((await ask('/debug/pprof/heap?debug=1'))!.text).toMatch(/@\n#\t/)
  })

  it('are taken one at a time, of the processor, and end when the client goes', async () => {
    const control = new AbortController()
    const path = 'GET /debug/pprof/profile'
    const first = askRoute(route, path, { signal: control.signal })
    const second = await askRoute(route, path)
    expect([second!.status, second!.text]).toEqual([
      500,
      'Could not enable CPU profiling: cpu profiling already in use\n',
    ])
    control.abort()
    await expect(first).rejects.toThrow()
    expect((await askRoute(route, `${path}?seconds=1`))!.status).toBe(200)
  })
})

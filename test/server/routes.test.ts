import { describe, expect, it } from 'vitest'
import type { InternalRequest } from '../../src/engine/internal_network.ts'
import type { LogField, Logger } from '../../src/model/logger.ts'
import { silentLogger } from '../../src/model/logger.ts'
import type { EngineView } from '../../src/server/engine_view.ts'
import type { Route } from '../../src/server/route.ts'
import { type RoutesOptions, routes, uiPrefix } from '../../src/server/routes.ts'
import { componentView, engineView } from '../support/engine_view.ts'

async function ask(
  engine: EngineView,
  target: string,
  { prefix = '/', logger = silentLogger, groups = [], ui, ...request }: Asking = {},
) {
  const [method = 'GET', path = '/'] = target.split(' ')
  const { signal } = new AbortController()
  const options = { engine, logger, uiPrefix: uiPrefix(prefix), groups, ...(ui && { ui }) }
  const answer = await routes(options)({
    method,
    path,
    headers: {},
    signal,
    ...request,
  })
  return { ...answer, text: Buffer.from(answer.body).toString() }
}

type Asking = Partial<InternalRequest> & { prefix?: string; logger?: Logger } & Partial<
    Pick<RoutesOptions, 'groups' | 'ui'>
  >

const unhealthy = () => ({ state: 'unhealthy', message: 'no', updatedMs: 0 }) as const

const engine = engineView([
  componentView('prometheus.exporter.self.s', {
    http: async ({ path }) => ({ status: 200, headers: {}, body: Buffer.from(`[${path}]`) }),
  }),
  componentView('prometheus.scrape.s'),
  componentView('outer.o', { createdModuleIds: ['outer.o'] }),
  componentView('prometheus.exporter.self.in', {
    moduleId: 'outer.o',
    http: async ({ path }) => ({ status: 200, headers: {}, body: Buffer.from(`in ${path}`) }),
  }),
])

describe('answers of Alloy 1.18', () => {
  const missing = '404 page not found\n'
  const page = '/api/v0/component/'
  it.each<[string, number, string]>([
    ['GET /', 404, missing],
    ['GET /nope', 404, missing],
    ['OPTIONS /', 404, missing],
    ['GET /-/ready', 200, 'Alloy is ready.\n'],
    ['PUT /-/ready', 200, 'Alloy is ready.\n'],
    ['GET /-/ready/', 404, missing],
    ['GET /-/nope', 404, missing],
    ['GET /-/healthy', 200, 'All Alloy components are healthy.\n'],
    ['GET /-/reload', 200, 'config reloaded\n'],
    ['POST /-/reload', 200, 'config reloaded\n'],
    ['GET /metrics', 200, 'a 1\n'],
    ['POST /metrics?x', 200, 'a 1\n'],
    ['GET /metrics/', 404, missing],
    ['GET //-/ready', 301, ''],
    ['GET /../etc/passwd', 301, ''],
    ['GET /..%2f..%2fetc/passwd', 301, ''],
    [`GET ${page}`, 400, `failed to parse URL path "${page}": invalid path\n`],
    [
      `GET ${page}nope.x/metrics`,
      400,
      `failed to parse URL path "${page}nope.x/metrics": invalid path\n`,
    ],
    [`GET ${page}prometheus.scrape.s/metrics`, 404, ''],
    [`GET ${page}prometheus.exporter.self.s`, 200, '[]'],
    [`GET ${page}prometheus.exporter.self.s/`, 200, '[/]'],
    [`GET ${page}prometheus.exporter.self.s/a/b?c=d`, 200, '[/a/b?c=d]'],
    [`GET ${page}outer.o/prometheus.exporter.self.in/metrics`, 200, 'in /metrics'],
    ['GET /api/v0/web/components/nope', 404, missing],
    ['GET /api/v0/web/components/a%2Fb', 404, missing],
    ['GET /api/v0/web/modules/x/components', 500, 'module not found\n'],
    ['GET /api/v0/web/modules//components', 301, ''],
    ['GET /api/v0/web/remotecfg/components', 200, '[]'],
    ['GET /api/v0/web/remotecfg/components/x', 404, missing],
    ['GET /api/v0/web/remotecfg/modules/x/components', 500, 'module not found\n'],
    [
      `GET ${page}remotecfg/x.y/metrics`,
      400,
      `failed to parse URL path "${page}remotecfg/x.y/metrics": invalid path\n`,
    ],
    ['POST /api/v0/web/remotecfg/components', 200, '[]'],
    ['PUT /-/reload', 405, ''],
  ])('%s: %i', async (target, status, text) => {
    const answer = await ask(engine, target)
    expect([answer.status, answer.text]).toEqual([status, text])
  })

  it('send the clean path along', async () => {
    const answer = await ask(engine, 'GET /a/../%2e%2e/etc%20x?y=z')
    expect(answer.headers).toEqual({ location: '/etc%20x?y=z' })
  })

  it('are 503 until the first load has finished', async () => {
    const answer = await ask(engineView([], { isReady: () => false }), 'GET /-/ready')
    expect([answer.status, answer.text]).toEqual([503, 'Alloy is not ready.\n'])
  })

  it('name unhealthy components of the root without their label', async () => {
    const sick = engineView([
      componentView('a.b.x', { health: unhealthy }),
      componentView('c.y', { health: unhealthy }),
      componentView('d.z', { moduleId: 'm', health: unhealthy }),
      componentView('e.w', { health: () => ({ ...unhealthy(), state: 'exited' }) }),
    ])
    const answer = await ask(sick, 'GET /-/healthy')
    expect([answer.status, answer.text]).toEqual([500, 'unhealthy components: a.b, c\n'])
  })

  it('show the metrics with the type that upstream sends', async () => {
    const plain = 'text/plain; version=0.0.4; charset=utf-8; escaping='
    const answer = await ask(engine, 'GET /metrics')
    expect(answer.headers['content-type']).toBe(`${plain}underscores`)
    const accept = 'text/plain;version=1.0.0;escaping=allow-utf-8'
    const asked = await ask(engine, 'GET /metrics', { headers: { accept } })
    expect(asked.headers['content-type']).toBe(`${plain}allow-utf-8`)
  })

  it('list components, one component, and those of a module', async () => {
    const list = await ask(engine, 'GET /api/v0/web/components')
    expect(JSON.parse(list.text)).toHaveLength(3)
    const one = await ask(engine, 'GET /api/v0/web/components/outer.o/prometheus.exporter.self.in')
    expect(JSON.parse(one.text)).toMatchObject({ localID: 'prometheus.exporter.self.in' })
    const module = await ask(engine, 'GET /api/v0/web/modules/outer.o/components')
    expect(JSON.parse(module.text)).toHaveLength(1)
    expect(module.headers).toEqual({
      'content-type': 'application/json; charset=utf-8',
      vary: 'Accept-Encoding',
    })
  })

  it('have the web API below the prefix and nothing else', async () => {
    for (const prefix of ['alloy', '/alloy', '/alloy/']) {
      const status = async (target: string) => (await ask(engine, target, { prefix })).status
      expect(await status('GET /alloy/api/v0/web/components')).toBe(200)
      expect(await status('GET /api/v0/web/components')).toBe(404)
      expect(await status('GET /-/ready')).toBe(200)
      expect(await status('GET /alloy')).toBe(302)
      expect(await status('GET /alloyx')).toBe(404)
    }
  })
})

describe('groups of routes', () => {
  const answer = (body: string) => ({ status: 200, headers: {}, body: Buffer.from(body) })

  it('are asked in their order, after those that every server has', async () => {
    const groups: Route[] = [
      ({ path }) => (path === '/b' ? answer('first') : undefined),
      async ({ path, query }) => answer(`second ${path} ${query.get('q')}`),
    ]
    const text = async (path: string) => (await ask(engine, `GET ${path}`, { groups })).text
    expect(await text('/b')).toBe('first')
    expect(await text('/c%20d?q=1%26')).toBe('second /c d 1&')
    expect(await text('/api/v0/web/nope')).toBe('second /api/v0/web/nope null')
    expect(await text('/-/ready')).toBe('Alloy is ready.\n')
  })

  it('hear of paths below the prefix of the UI', async () => {
    const groups: Route[] = [({ uiPath }) => answer(String(uiPath))]
    const text = async (path: string, prefix: string) => {
      return (await ask(engine, `GET ${path}`, { groups, prefix })).text
    }
    expect(await text('/alloy/a/b', '/alloy')).toBe('a/b')
    expect(await text('/alloyx', '/alloy')).toBe('undefined')
    expect(await text('/a', '/')).toBe('a')
  })

  it('leave the rest below the prefix to the UI, but no paths of an API', async () => {
    const ui = (_: InternalRequest, path: string) => answer(`page ${path}`)
    const shown = async (path: string) => {
      const { status, text } = await ask(engine, `GET ${path}`, { ui, prefix: 'alloy' })
      return [status, text]
    }
    expect(await shown('/alloy/')).toEqual([200, 'page '])
    expect(await shown('/alloy/component/x')).toEqual([200, 'page component/x'])
    expect(await shown('/alloy/-/ready')).toEqual([200, 'page -/ready'])
    expect(await shown('/nope')).toEqual([404, '404 page not found\n'])
    for (const path of ['api', 'api/v0/web', 'api/v0/web/components/', 'api/v0/web/nope']) {
      expect(await shown(`/alloy/${path}`)).toEqual([404, '{"error":"not found"}'])
    }
  })
})

describe('reload', () => {
  function logged() {
    const lines: [string, string, Readonly<Record<string, LogField>> | undefined][] = []
    const logger: Logger = {
      log: (level, message, fields) => lines.push([level, message, fields]),
      with: () => logger,
    }
    return { logger, lines }
  }

  it('answers 400 and the reason, and logs it', async () => {
    const message = 'error during the initial load: c.alloy:3:1: no (and 1 more diagnostics)'
    const reload = () => Promise.reject(new Error(message))
    const { logger, lines } = logged()
    const answer = await ask(engineView([], { reload }), 'POST /-/reload', { logger })
    expect([answer.status, answer.text]).toEqual([400, `${message}\n`])
    expect(lines).toEqual([
      ['info', 'reload requested via /-/reload endpoint', undefined],
      ['error', 'failed to reload config', { err: message }],
    ])
  })

  it.each(['PUT', 'HEAD', 'DELETE', 'OPTIONS'])('is not done for %s', async (method) => {
    let reloads = 0
    const reload = async () => void reloads++
    const answer = await ask(engineView([], { reload }), `${method} /-/reload`)
    expect([answer.status, answer.headers.allow, reloads]).toEqual([405, 'GET, POST', 0])
  })
})

describe('answers of our own', () => {
  it('say whether the process lives', async () => {
    expect((await ask(engine, 'GET /-/live')).status).toBe(200)
  })

  it('say which writers do not deliver, also inside modules', async () => {
    const message = 'no answer for 3m'
    const writer = (isDelivering: boolean, lagSeconds = 90) => ({
      delivery: () => ({ isDelivering, message, lagSeconds }),
    })
    const well = engineView([
      componentView('prometheus.remote_write.a', writer(true, 0.26)),
      componentView('c.c', { delivery: () => ({ isDelivering: true, message: '' }) }),
    ])
    const good = await ask(well, 'GET /-/delivering')
    expect([good.status, good.text]).toEqual([
      200,
      'All writers are delivering.\n' +
        'prometheus.remote_write.a: delivering (lag 0.3s)\n' +
        'c.c: delivering\n',
    ])
    const failing = engineView([
      componentView('m.m', { createdModuleIds: ['m.m'] }),
      componentView('prometheus.remote_write.b', { moduleId: 'm.m', ...writer(false) }),
      componentView('prometheus.remote_write.c', writer(true)),
    ])
    const answer = await ask(failing, 'GET /-/delivering')
    expect([answer.status, answer.text]).toEqual([
      503,
      'writers that are not delivering:\n' +
        'm.m/prometheus.remote_write.b: no answer for 3m (lag 90.0s)\n' +
        'writers that are delivering:\n' +
        'prometheus.remote_write.c: delivering (lag 90.0s)\n',
    ])
  })

  it('are 500 with the reason where a component fails', async () => {
    const broken = engineView([
      componentView('a.b', { http: () => Promise.reject(new Error('broken')) }),
    ])
    const answer = await ask(broken, 'GET /api/v0/component/a.b/metrics')
    expect([answer.status, answer.text]).toEqual([500, 'broken\n'])
  })

  it('refuse what cannot be decoded', async () => {
    expect((await ask(engine, 'GET /%zz')).status).toBe(400)
  })
})

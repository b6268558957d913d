import { describe, expect, it } from 'vitest'
import { askOwn } from '../../support/ask_own.ts'
import { componentView, engineView } from '../../support/engine_view.ts'
import { programView } from '../../support/program_view.ts'

const engine = engineView([
  componentView('prometheus.scrape.a', {
    referencesTo: ['outer.o', 'prometheus.remote_write.b'],
    dataFlowEdgesTo: ['prometheus.remote_write.b', 'prometheus.remote_write.b'],
  }),
  componentView('outer.o', { createdModuleIds: ['outer.o'] }),
  componentView('inner.i', {
    moduleId: 'outer.o',
    createdModuleIds: ['outer.o/inner.i'],
    referencesTo: ['prometheus.echo.e'],
  }),
  componentView('prometheus.echo.e', {
    moduleId: 'outer.o/inner.i',
    dataFlowEdgesTo: ['prometheus.echo.f'],
    health: () => ({ state: 'unhealthy', message: 'no', updatedMs: 7 }),
  }),
  componentView('prometheus.remote_write.b', {
    delivery: () => ({ isDelivering: false, message: 'refused' }),
  }),
])

describe('our own API', () => {
  it.each<[target: string, status: number, error: string]>([
    ['POST info', 405, 'POST is not allowed: GET, HEAD'],
    ['info?a=b', 400, 'unknown parameter "a" (there are none)'],
    ['components?limit=1', 400, 'unknown parameter "limit" (there are none)'],
    [
      'targets?stat=up',
      400,
      'unknown parameter "stat" (allowed: state, component, q, limit, offset)',
    ],
    ['targets?state=UP', 400, 'parameter "state" must be one of up, down, unknown'],
    ['targets?limit=1&limit=2', 400, 'parameter "limit" is given more than once'],
    ['targets?limit=1001', 400, 'parameter "limit" must be from 0 to 1000'],
    ['targets?limit=-1', 400, 'parameter "limit" must be from 0 to 1000'],
    ['targets?limit=', 400, 'parameter "limit" must be from 0 to 1000'],
    ['targets?limit=1e2', 400, 'parameter "limit" must be from 0 to 1000'],
    ['targets?component=nope.x', 404, 'there is no component "nope.x"'],
  ])('refuses %s', async (target, status, error) => {
    const answer = await askOwn(engine, target)
    expect(answer).toMatchObject({ status, body: { error } })
    expect(answer?.headers['content-type']).toBe('application/json; charset=utf-8')
  })

  it.each(['nope', '', 'constructor', 'components/', 'info/x'])(
    'leaves %s to others',
    async (path) => {
      expect(await askOwn(engine, path)).toBe(undefined)
    },
  )

  it('says what fails, without secrets', async () => {
    const info = () => {
      throw new Error('cannot read hunter2-hunter2')
    }
    const program = programView({ info })
    expect(await askOwn(engine, 'info', { program })).toMatchObject({
      status: 500,
      body: { error: 'cannot read (secret)' },
    })
  })

  it('tells who answers', async () => {
    const body = programView().info()
    expect(await askOwn(engine, 'info')).toMatchObject({ status: 200, body })
  })

  it('answers what may be cached with HEAD too', async () => {
    expect((await askOwn(engine, 'HEAD info'))?.status).toBe(200)
  })
})

describe('components', () => {
  it('are those of all modules, each before what is inside it, with global ids', async () => {
    const answer = await askOwn(engine, 'components')
    const summary = (id: string, more: object = {}) => ({
      id,
      name: 'inner',
      label: id.split('.').at(-1),
      moduleId: '',
      health: { state: 'healthy', message: 'started component', updatedMs: 0 },
      dataFlowTo: [],
      referencesTo: [],
      createdModuleIds: [],
      ...more,
    })
    expect(answer?.body).toEqual([
      summary('prometheus.scrape.a', {
        name: 'prometheus.scrape',
        referencesTo: ['outer.o', 'prometheus.remote_write.b'],
        dataFlowTo: ['prometheus.remote_write.b'],
      }),
      summary('outer.o', { name: 'outer', createdModuleIds: ['outer.o'] }),
      summary('outer.o/inner.i', {
        moduleId: 'outer.o',
        createdModuleIds: ['outer.o/inner.i'],
        referencesTo: ['outer.o/prometheus.echo.e'],
      }),
      summary('outer.o/inner.i/prometheus.echo.e', {
        name: 'prometheus.echo',
        moduleId: 'outer.o/inner.i',
        dataFlowTo: ['outer.o/inner.i/prometheus.echo.f'],
        health: { state: 'unhealthy', message: 'no', updatedMs: 7 },
      }),
      summary('prometheus.remote_write.b', {
        name: 'prometheus.remote_write',
        delivery: { isDelivering: false, message: 'refused' },
      }),
    ])
  })
})

describe('writers', () => {
  it('are those that deliver, with their state', async () => {
    const answer = await askOwn(engine, 'writers')
    expect(answer?.body).toEqual([
      { id: 'prometheus.remote_write.b', isDelivering: false, message: 'refused' },
    ])
  })
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import runner from '../../../../../src/components/prometheus/exporter/self/run.ts'
import type { declaration } from '../../../../../src/components/prometheus/exporter/self.ts'
import type { InternalRequest } from '../../../../../src/engine/internal_network.ts'
import { componentContext } from '../../../../support/component_context.ts'

const id = 'prometheus.exporter.self.default'

beforeEach(() => {
  vi.stubEnv('HOSTNAME', '')
})

afterEach(() => {
  vi.unstubAllEnvs()
})

it('publishes the target that Alloy 1.18 publishes', async () => {
  const { context, seen } = componentContext<typeof declaration>(id)
  await runner.open(context, {})
  const [{ targets }] = seen.published as [{ targets: Map<string, string>[] }]
  expect(targets.map((target) => Object.fromEntries(target))).toEqual([
    {
      __address__: 'alloy.internal:12345',
      __meta_component_id: id,
      __meta_component_name: 'prometheus.exporter.self',
      __metrics_path__: `/api/v0/component/${id}/metrics`,
      __scheme__: 'http',
      instance: 'host',
      job: 'integrations/self',
    },
  ])
})

it('takes the name of the machine from the environment first', async () => {
  vi.stubEnv('HOSTNAME', 'node-7')
  const { context, seen } = componentContext<typeof declaration>(id)
  await runner.open(context, {})
  const [{ targets }] = seen.published as [{ targets: Map<string, string>[] }]
  expect(targets.map((target) => target.get('instance'))).toEqual(['node-7'])
})

it.each(['', '/', '/metrics', '/nope?x'])('answers %j with all metrics', async (path) => {
  const asked: string[] = []
  const internal = {
    address: 'alloy.internal:12345',
    request: async (request: InternalRequest) => {
      asked.push(request.path)
      return { status: 200, headers: {}, body: Buffer.from('a 1\n') }
    },
  }
  const { context } = componentContext<typeof declaration>(id, { internal })
  const component = await runner.open(context, {})
  const { signal } = new AbortController()
  const answer = await component.http?.({ method: 'GET', path, headers: {}, signal })
  expect([asked, Buffer.from(answer?.body ?? []).toString()]).toEqual([['/metrics'], 'a 1\n'])
})

it('ends with its signal', async () => {
  const { context } = componentContext<typeof declaration>(id)
  const component = await runner.open(context, {})
  const control = new AbortController()
  const running = component.run(control.signal)
  control.abort()
  await running
})

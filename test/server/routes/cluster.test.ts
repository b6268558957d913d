import { expect, it } from 'vitest'
import type { RoutedRequest } from '../../../src/server/route.ts'
import { cluster } from '../../../src/server/routes/cluster.ts'

async function ask(path: string) {
  const asked: RoutedRequest = {
    request: { method: 'GET', path, headers: {}, signal: new AbortController().signal },
    path,
    uiPath: path.slice(1),
    search: '',
    query: new URLSearchParams(),
  }
  const self = { name: 'demo-host', addr: '127.0.0.1:12461', isSelf: true } as const
  const answer = await cluster(() => [{ ...self, state: 'participant' }])(asked)
  return answer && [answer.status, Buffer.from(answer.body).toString()]
}

it.each<[string, number, string]>([
  [
    '/api/v0/web/peers',
    200,
    '[{"name":"demo-host","addr":"127.0.0.1:12461","isSelf":true,"state":"participant"}]',
  ],
  ['/api/v1/ckit/transport/message', 404, 'clustering is disabled\n'],
  ['/api/v1/ckit/transport/stream', 404, 'clustering is disabled\n'],
])('%s answers as recorded without clustering', async (path, status, text) => {
  expect(await ask(path)).toEqual([status, text])
})

it('leaves other paths alone', async () => {
  expect(await ask('/api/v0/web/peers/')).toBeUndefined()
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { ComponentSummary } from '../../src/client/api.ts'
import { plantSecrets } from '../support/planted_secrets.ts'
import { startProgram } from '../support/running_program.ts'

it('what is served and logged shows none of twenty secrets', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alloyts-planted-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { config, environment, secrets, shownBy } = plantSecrets(folder)
  expect(secrets.size).toBeGreaterThan(19)
  const logging = 'logging {\n  level = "debug"\n}\n'
  const { url, output, stop } = await startProgram(logging + config, {
    environment,
    serves: { pprof: true, supportBundle: false, graphql: true, graphqlPlayground: false },
  })
  const found: string[] = []
  const search = (where: string, text: string) => {
    found.push(...shownBy(text).map((what) => `${what} in ${where}`))
  }
  const asked: string[] = []
  const read = async (path: string) => {
    const answer = await fetch(url + path)
    const text = await answer.text()
    expect(answer.status, path).toBe(200)
    asked.push(path)
    search(path, text)
    return text
  }
  const list = async () => {
    return JSON.parse(await read('/api/alloyts/v1/components')) as ComponentSummary[]
  }
  const own = '/api/alloyts/v1'
  // Each scrape has failed once, and said so.
  await vi.waitUntil(
    async () => !(await read(`${own}/targets?limit=1000`)).includes('"lastScrapeMs":0'),
    { timeout: 10_000 },
  )
  for (const { id, moduleId } of await list()) {
    const detail = JSON.parse(await read(`/api/v0/web/components/${id}`)) as {
      exports: { name: string }[]
    }
    for (const { name } of detail.exports)
      await read(`${own}/components/${id}/exports?path=${name}`)
    if (moduleId !== '') await read(`/api/v0/web/modules/${moduleId}/components`)
  }
  for (const path of ['info', 'writers', 'config', 'meta', 'doc/prometheus.scrape']) {
    await read(`${own}/${path}`)
  }
  expect(await read(`${own}/logs?tail=10000`)).toContain('scrape failed')
  // Whoever guesses one does not learn whether it is right.
  expect(await read(`${own}/targets?q=planted-c0ffee`)).toContain('"total":0')
  expect(JSON.parse(await read(`${own}/search?q=planted-c0ffee`))).toEqual({
    components: [],
    targets: { total: 0, items: [] },
    config: [],
  })
  const everything = '{ components { id arguments exports debugInfo health { message } } }'
  expect(await read(`/graphql?query=${encodeURIComponent(everything)}`)).toContain('inner.a')
  for (const path of ['/api/v0/web/components', '/metrics', '/-/ready']) await read(path)
  await stop()
  search('the log', output.join(''))
  expect(found).toEqual([])
  expect(output.join('')).toContain('scrape failed')
  expect(asked.filter((path) => path.includes('/exports?')).length).toBeGreaterThan(2)
})

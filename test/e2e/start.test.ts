// `npm start`, as a newcomer uses it.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { eventually, freePort, start } from './support/process.ts'

const script = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))

it('shows samples arriving and ends cleanly', async () => {
  const running = start(process.execPath, [script])
  const arrived = /([1-9]\d*) series, ([1-9]\d*) samples in \d+ requests have arrived/
  await eventually('samples', () => arrived.test(running.output()), 60_000)
  const sink = /what arrives\s+(http:\S+)/.exec(running.output())?.[1]
  const series = (await (await fetch(`${sink}/api/series?match=alloy_build_info`)).json()) as {
    labels: Record<string, string>
  }[]
  expect(series).toMatchObject([{ labels: { job: 'integrations/self' } }])
  expect(series[0]?.labels.collector).toBeTruthy()
  if (process.platform === 'linux') {
    const url = `${sink}/api/series?match=node_memory_MemTotal_bytes`
    await eventually('metrics of the machine', async () => {
      return ((await (await fetch(url)).json()) as unknown[]).length === 1
    })
  }
  expect(await running.stop('SIGINT')).toBe(0)
  await expect(fetch(`${sink}/-/ready`)).rejects.toThrow()
})

it('takes another port where its own is taken, and says so', async () => {
  const taken = createServer((_, response) => response.end('someone else')).listen(
    12345,
    '127.0.0.1',
  )
  taken.on('error', () => undefined)
  onTestFinished(() => void taken.close())
  const running = start(process.execPath, [script])
  await eventually('the start', () => running.output().includes('Ctrl-C ends it'), 60_000)
  expect(running.output()).toMatch(/port 12345 is taken: alloyts uses \d+/)
  expect(await running.stop('SIGTERM')).toBe(0)
})

it.skipIf(process.platform === 'win32')('ends with its terminal', async () => {
  const running = start(process.execPath, [script])
  await eventually('the start', () => running.output().includes('Ctrl-C ends it'), 60_000)
  const sink = /what arrives\s+(http:\S+)/.exec(running.output())?.[1]
  expect(await running.stop('SIGHUP')).toBe(0)
  await expect(fetch(`${sink}/-/ready`)).rejects.toThrow()
})

it('sends to PROMETHEUS_URL instead of a sink', async () => {
  const paths: string[] = []
  const receiver = createServer((request, response) => {
    paths.push(`${request.method} ${request.url}`)
    request.resume().on('end', () => response.writeHead(204).end())
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void receiver.close())
  const { port } = receiver.address() as AddressInfo
  const env = { PROMETHEUS_URL: `http://127.0.0.1:${port}` }
  const running = start(process.execPath, [script], { env })
  await eventually('a request', () => paths.includes('POST /api/v1/write'), 60_000)
  expect(running.output()).not.toContain('sink')
  expect(await running.stop('SIGINT')).toBe(0)
})

it('fails where a part does not start', async () => {
  const env = { PROMETHEUS_URL: `http://127.0.0.1:${await freePort()}`, LOG_LEVEL: 'nonsense' }
  const running = start(process.execPath, [script], { env })
  const code = await new Promise((resolve) => running.child.once('exit', resolve))
  expect(code).toBe(1)
  expect(running.output()).toContain('unrecognized log level "nonsense"')
  expect(running.output()).toContain('npm start: alloyts has ended (exit code 1)')
})

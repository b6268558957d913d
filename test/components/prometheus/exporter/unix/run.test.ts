import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import runner from '../../../../../src/components/prometheus/exporter/unix/run.ts'
import type { declaration } from '../../../../../src/components/prometheus/exporter/unix.ts'
import { Entry, ExpositionReader } from '../../../../../src/wire/exposition/reader.ts'
import { componentContext } from '../../../../support/component_context.ts'
import { RecordingLogger } from '../../../../support/recording_logger.ts'
import { unixArguments } from '../../../../support/unix_tree.ts'

const id = 'prometheus.exporter.unix.default'

beforeEach(() => {
  vi.stubEnv('HOSTNAME', '')
})

afterEach(() => {
  vi.unstubAllEnvs()
})

async function opened(body: string) {
  const logger = new RecordingLogger()
  const { context, seen } = componentContext<typeof declaration>(id, { logger })
  const component = await runner.open(context, unixArguments(body))
  const page = async () => {
    const { signal } = new AbortController()
    const answer = await component.http?.({ method: 'GET', path: '/any', headers: {}, signal })
    expect(answer?.headers).toEqual({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores',
    })
    return Buffer.from(answer?.body ?? []).toString()
  }
  return { component, logger, page, seen }
}

it('publishes the target that Alloy 1.18 publishes', async () => {
  const { seen } = await opened('')
  const [{ targets }] = seen.published as [{ targets: Map<string, string>[] }]
  expect(targets.map((target) => Object.fromEntries(target))).toEqual([
    {
      __address__: 'alloy.internal:12345',
      __meta_component_id: id,
      __meta_component_name: 'prometheus.exporter.unix',
      __metrics_path__: `/api/v0/component/${id}/metrics`,
      __scheme__: 'http',
      instance: 'host',
      job: 'integrations/unix',
    },
  ])
})

it('says which collectors run', async () => {
  const { logger } = await opened('set_collectors = ["uname", "loadavg"]')
  expect(logger.lines.filter((line) => !line.includes('uname'))).toEqual([
    'info Enabled node_exporter collectors',
    'info collector name=loadavg',
  ])
})

it('has no metrics of its own but build and errors', async () => {
  const { page } = await opened('set_collectors = ["nope"]')
  expect(families(await page())).toEqual([
    'node_exporter_build_info',
    'promhttp_metric_handler_errors_total',
  ])
})

it('counts its requests on request', async () => {
  const { page } = await opened('set_collectors = ["nope"]\ninclude_exporter_metrics = true')
  const counts = async () => {
    const lines = (await page()).split('\n')
    return lines.filter((line) => /^promhttp.*requests/.test(line))
  }
  const expected = (count: number) => [
    'promhttp_metric_handler_requests_in_flight 1',
    `promhttp_metric_handler_requests_total{code="200"} ${count}`,
    'promhttp_metric_handler_requests_total{code="500"} 0',
    'promhttp_metric_handler_requests_total{code="503"} 0',
  ]
  expect(await counts()).toEqual(expected(0))
  expect(await counts()).toEqual(expected(1))
})

it('refuses arguments in the words of the original', async () => {
  await expect(opened('procfs_path = "/nonexistent"')).rejects.toThrow(
    'failed to create node_exporter: failed to open procfs: could not read "/nonexistent": stat /nonexistent: no such file or directory',
  )
})

it('keeps what ran where new arguments are wrong', async () => {
  const { component, page } = await opened('set_collectors = ["loadavg"]')
  const wrong = unixArguments('procfs_path = "/nonexistent"')
  await expect(Promise.resolve(component.update(wrong))).rejects.toThrow('procfs')
  expect(families(await page())).toContain('node_load1')
  await component.update(unixArguments('set_collectors = ["filefd"]'))
  expect(families(await page())).not.toContain('node_load1')
})

it('ends with its signal', async () => {
  const { component } = await opened('set_collectors = ["nope"]')
  const control = new AbortController()
  const running = component.run(control.signal)
  control.abort()
  await running
})

it.runIf(process.platform === 'linux')('makes a page of this machine that parses', async () => {
  const { page } = await opened('')
  const text = await page()
  expect(seriesOf(text)).toBeGreaterThan(50)
  for (const name of ['node_cpu_seconds_total', 'node_memory_MemTotal_bytes', 'node_load1']) {
    expect(families(text)).toContain(name)
  }
})

const hasPromtool = spawnSync('promtool', ['--version']).status === 0

it.runIf(hasPromtool)("is a page to Prometheus' own parser", async () => {
  const { page } = await opened('')
  const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: await page() })
  // 1 is a page that does not parse, 3 one whose names are not as promtool likes them.
  expect([0, 3], stderr.toString()).toContain(status)
})

/** Throws where the page does not parse. */
function seriesOf(page: string): number {
  const reader = new ExpositionReader('prometheus')
  reader.open(Buffer.from(page))
  let count = 0
  for (let entry = reader.next(); entry !== Entry.end; entry = reader.next()) {
    if (entry === Entry.series && reader.labels.length > 0) count++
  }
  return count
}

function families(page: string): string[] {
  return [...page.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]!)
}

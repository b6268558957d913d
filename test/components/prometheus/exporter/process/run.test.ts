import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import runner from '../../../../../src/components/prometheus/exporter/process/run.ts'
import type { declaration } from '../../../../../src/components/prometheus/exporter/process.ts'
import type { Component } from '../../../../../src/engine/component.ts'
import type { Arguments } from '../../../../../src/schema/declaration.ts'
import { componentContext } from '../../../../support/component_context.ts'
import { ProcTree } from './proc_tree.ts'

type D = typeof declaration

const id = 'prometheus.exporter.process.default'

let tree: ProcTree

beforeEach(async () => {
  vi.stubEnv('HOSTNAME', '')
  tree = await ProcTree.create()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await tree.remove()
})

function argumentsOf(changes: Partial<Arguments<D>> = {}): Arguments<D> {
  return {
    matcher: [{ name: '{{.Comm}}', comm: ['a'], exe: [], cmdline: [] }],
    procfs_path: tree.path,
    track_children: true,
    track_threads: true,
    gather_smaps: true,
    recheck_on_scrape: false,
    remove_empty_groups: false,
    ...changes,
  }
}

async function page(component: Component<D>): Promise<string> {
  const { signal } = new AbortController()
  const answer = await component.http?.({ method: 'GET', path: '/metrics', headers: {}, signal })
  return Buffer.from(answer?.body ?? []).toString()
}

it('publishes the target that Alloy 1.18 publishes', async () => {
  const { context, seen } = componentContext<D>(id)
  await runner.open(context, argumentsOf())
  const [{ targets }] = seen.published as [{ targets: Map<string, string>[] }]
  expect(targets.map((target) => Object.fromEntries(target))).toEqual([
    {
      __address__: 'alloy.internal:12345',
      __meta_component_id: id,
      __meta_component_name: 'prometheus.exporter.process',
      __metrics_path__: `/api/v0/component/${id}/metrics`,
      __scheme__: 'http',
      instance: 'host',
      job: 'integrations/process',
    },
  ])
})

it('shows the group of a process in all its families', async () => {
  const threads = { 1: { comm: 'a' }, 2: { comm: 'io' } }
  const numbers = { startTicks: 250, virtualBytes: 8192, residentPages: 2 }
  await tree.put(1, { comm: 'a', threads, ...numbers })
  const { context } = componentContext<D>(id)
  const text = await page(await runner.open(context, argumentsOf()))
  await expect(text).toMatchFileSnapshot('./testdata/page.prom')
})

it('leaves out what is switched off', async () => {
  await tree.put(1, { comm: 'a', threads: { 1: { comm: 'a' }, 2: { comm: 'io' } } })
  const { context } = componentContext<D>(id)
  const changes = { gather_smaps: false, track_threads: false }
  const text = await page(await runner.open(context, argumentsOf(changes)))
  expect(text).not.toMatch(/proportional|threadname/)
})

it('shows only its own families without matchers', async () => {
  await tree.put(1, { comm: 'a' })
  const { context } = componentContext<D>(id)
  const text = await page(await runner.open(context, argumentsOf({ matcher: [] })))
  expect(text.match(/^# TYPE \S+/gm)).toEqual([
    '# TYPE namedprocess_scrape_errors',
    '# TYPE namedprocess_scrape_partial_errors',
    '# TYPE namedprocess_scrape_procread_errors',
    '# TYPE process_exporter_build_info',
  ])
})

it('keeps its arguments where new ones are wrong', async () => {
  await tree.put(1, { comm: 'a' })
  const { context } = componentContext<D>(id)
  const component = await runner.open(context, argumentsOf())
  const matcher = [{ name: '', comm: [], exe: [], cmdline: [] }]
  await expect(async () => component.update(argumentsOf({ matcher }))).rejects.toThrow(
    'process_names is invalid: no matchers provided',
  )
  expect(await page(component)).toContain('namedprocess_namegroup_num_procs{groupname="a"} 1')
})

it('refuses a proc file system that is not there', async () => {
  const { context } = componentContext<D>(id)
  const procfs_path = `${tree.path}/none`
  await expect(async () => runner.open(context, argumentsOf({ procfs_path }))).rejects.toThrow(
    `cannot read the proc file system at ${procfs_path}`,
  )
})

// The browser UI in a real browser, over as many components and targets as it promises to hold.

import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FixtureServer, startFixtureServer } from '../ui/support/fixture_server.ts'
import { launchBrowser, openWindow, sizes, type Window } from './support/browser.ts'

const shots = process.env.ALLOYTS_SCREENSHOTS ?? join(tmpdir(), 'alloyts-ui')
const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

const pages = [
  ['', 'Overview'],
  ['graph', 'Graph'],
  ['graph?select=otelcol.exporter.otlphttp.tempo', 'Graph'],
  ['graph/team.pipeline.billing', 'Graph of team.pipeline.billing'],
  ['components', 'Components'],
  ['component/prometheus.remote_write.mimir', 'prometheus.remote_write.mimir'],
  ['component/prometheus.scrape.checkout', 'prometheus.scrape.checkout'],
  ['component/team.pipeline.billing/prometheus.scrape.app', 'team.pipeline.billing/prometheus'],
  ['targets', 'Targets'],
  ['targets?state=down', 'Targets'],
  ['debug', 'Live debugging'],
  ['debug/prometheus.relabel.checkout', 'Live debugging'],
  ['logs', 'Logs'],
  ['config', 'Configuration'],
  ['modules', 'Modules'],
  ['clustering', 'Clustering'],
  ['remotecfg', 'Remote configuration'],
  ['remotecfg/component/a.b', 'remotecfg/a.b'],
  ['nope', 'No such page'],
] as const

/** For what comes with the next reading, on a machine that has much to do. */
const patience = { timeout: 15_000 }

let browser: Browser
let server: FixtureServer

beforeAll(async () => {
  mkdirSync(shots, { recursive: true })
  browser = await launchBrowser()
  server = await startFixtureServer({ components: 1000, targets: 10_000 })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function open(path: string, options: Parameters<typeof openWindow>[1] = {}): Promise<Window> {
  const window = await openWindow(browser, options)
  await window.page.goto(server.url + path)
  return window
}

async function close({ page, errors }: Window): Promise<void> {
  await page.context().close()
  expect(errors).toEqual([])
}

/** Serious and critical findings, as `rule: element`. */
async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(`${axeSource}; undefined`)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResult> } }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  })
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

describe.each(['wide', 'phone'] as const)('every page, %s', (size) => {
  let window: Window
  beforeAll(async () => {
    window = await openWindow(browser, { size, scheme: size === 'wide' ? 'light' : 'dark' })
  })
  afterAll(() => window.page.context().close())

  it.each(pages)('/%s', async (path, title) => {
    const { page, errors } = window
    await page.goto(server.url + path)
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await page.getByText(/^Reading/).waitFor({ state: 'detached' })
    await page.waitForTimeout(700) // streams bring the first of what is to be in the picture
    const name = path.replaceAll(/[^a-z0-9]+/gi, '_') || 'overview'
    await page.screenshot({ path: join(shots, `${name}-${size}.png`) })
    const width = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(sizes[size].width)
    expect(await axeFindings(page)).toEqual([])
    // The component of remotecfg is not there, which the browser itself calls an error.
    const found = errors.splice(0).filter((error) => !error.includes('status of 404'))
    expect(found).toEqual([])
  })
})

describe('the graph', () => {
  it('is drawn, and a rate moves within 3 s', async () => {
    const window = await open('graph?select=prometheus.remote_write.mimir')
    const { page } = window
    const rates = page.locator('.graph-panel .flow b')
    await rates.first().waitFor()
    await page.getByLabel('Rates over').selectOption('2')
    const before = await rates.allTextContents()
    const startedMs = Date.now()
    await expect.poll(() => rates.allTextContents(), { timeout: 3000 }).not.toEqual(before)
    expect(Date.now() - startedMs).toBeLessThan(3000)
    expect(await drawnColours(page)).toBeGreaterThan(8)
    await close(window)
  })

  it('pans 1,000 nodes at 30 frames a second and more', async () => {
    const window = await open('graph')
    const { page } = window
    await page.locator('.legend .flow').first().waitFor()
    await page.getByRole('button', { name: 'Open modules' }).click()
    await page.getByRole('button', { name: 'Show all' }).click()
    const measured: number[] = []
    for (let i = 0; i < 3; i++) measured.push(await framesWhilePanning(page))
    console.log(`frames a second while panning: ${measured.map(Math.round).join(', ')}`)
    expect(Math.max(...measured)).toBeGreaterThan(30)
    await close(window)
  })

  it('opens and closes modules, and shows only what is connected', async () => {
    const window = await open('graph?select=team.pipeline.billing')
    const { page } = window
    const view = page.getByRole('application')
    const boxes = async () => Number(/(\d[\d,]*)/.exec(await labelOf(page))?.[1]?.replace(',', ''))
    await view.waitFor()
    const closed = await boxes()
    await page.getByRole('button', { name: 'Open module (4)' }).click()
    await expect.poll(boxes, patience).toBe(closed + 4)
    await page.getByRole('button', { name: 'Only connected' }).click()
    await expect.poll(boxes, patience).toBeLessThan(closed)
    await view.focus()
    await page.keyboard.press('Escape')
    await expect.poll(boxes, patience).toBe(closed + 4)
    await close(window)
  })
})

async function labelOf(page: Page): Promise<string> {
  return (await page.getByRole('application').getAttribute('aria-label')) ?? ''
}

async function drawnColours(page: Page): Promise<number> {
  return page.evaluate(`{
    const canvas = document.querySelector('canvas')
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    const seen = new Set()
    for (let i = 0; i < data.length; i += 4) seen.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2])
    seen.size
  }`)
}

/** Over two seconds of dragging to and fro. */
async function framesWhilePanning(page: Page): Promise<number> {
  const counting = page.evaluate(`new Promise((resolve) => {
    let frames = 0
    const start = performance.now()
    const frame = (now) => {
      frames++
      if (now - start < 2000) requestAnimationFrame(frame)
      else resolve((frames * 1000) / (now - start))
    }
    requestAnimationFrame(frame)
  })`) as Promise<number>
  const box = await page.getByRole('application').boundingBox()
  if (box === null) throw new Error('the graph is not in the window')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  let isOver = false
  const counted = counting.finally(() => {
    isOver = true
  })
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let i = 0; !isOver; i++) {
    await page.mouse.move(x + 160 * Math.sin(i / 9), y + 120 * Math.cos(i / 11))
  }
  await page.mouse.up()
  return counted
}

describe('what happens', () => {
  it('turns a component red after a reload that breaks it, and says why one is refused', async () => {
    server.api.breakNext('prometheus.scrape.search')
    const window = await open('component/prometheus.scrape.search')
    const { page } = window
    await page.getByLabel('Health').getByText('healthy', { exact: true }).waitFor()
    const other = await open('')
    await other.page.getByRole('button', { name: 'Reload configuration' }).click()
    await other.page.getByText('config reloaded').waitFor()
    await page.getByLabel('Health').getByText('unhealthy', { exact: true }).waitFor()
    await page.getByText('cannot open /etc/tokens').waitFor()
    await page.screenshot({ path: join(shots, 'broken_component-wide.png') })
    await other.page.getByRole('link', { name: /prometheus.scrape.search/ }).waitFor()
    await other.page.getByRole('button', { name: 'Reload configuration' }).click()
    await other.page.getByText('unrecognized block "promtheus"').first().waitFor()
    await other.page.screenshot({ path: join(shots, 'refused_reload-wide.png') })
    other.errors.length = 0 // the browser calls the refusal an error
    await close(other)
    await close(window)
  })

  it('finds a target among 10,000, by search and by keys alone', async () => {
    const window = await open('')
    const { page } = window
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('10.0.78.15:9100')
    await page.getByRole('option', { name: /10\.0\.78\.15:9100/ }).waitFor()
    await page.screenshot({ path: join(shots, 'search-wide.png') })
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Targets' }).waitFor()
    await page.getByText('1 target', { exact: true }).waitFor()
    expect(page.url()).toContain('targets?q=')
    await close(window)
  })

  it('scrolls to the end of 10,000 targets', async () => {
    const window = await open('targets')
    const { page } = window
    const table = page.getByRole('grid', { name: 'Targets' })
    await table.getByText('http://10.0.0.3:9100/metrics').waitFor()
    await table.focus()
    await page.keyboard.press('End')
    await table.getByText('http://10.0.78.15:9100/metrics').waitFor()
    await page.getByLabel('Selected target').waitFor()
    expect(await table.getByRole('row').count()).toBeLessThan(120)
    await close(window)
  })

  it('shows live records, filters them, and loses none while paused', async () => {
    const window = await open('debug/prometheus.relabel.checkout')
    const { page } = window
    const state = page.locator('.recording-state')
    const count = async () => Number(/([\d,]+) records?/.exec(await state.innerText())?.[1] ?? 0)
    await expect.poll(count, patience).toBeGreaterThan(40)
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: /Go on \(\d+ new\)/ }).waitFor()
    const paused = await count()
    await page.waitForTimeout(1000)
    expect(await count()).toBe(paused)
    await page.getByRole('button', { name: /Go on/ }).click()
    await expect.poll(count, patience).toBeGreaterThan(paused + 60)
    await page.getByLabel('Filter: text or /pattern/').fill('/pod="p-1?7"/')
    await expect.poll(() => state.innerText(), patience).toMatch(/^2 of /)
    await page.getByLabel('Filter: text or /pattern/').fill('/(/')
    await page.getByText(/Invalid regular expression/).waitFor()
    await close(window)
  })

  it('says when it is cut off, and heals', async () => {
    const own = await startFixtureServer({ components: 20, targets: 20 })
    const window = await openWindow(browser)
    const { page } = window
    await page.goto(own.url)
    await page.getByText('20', { exact: true }).first().waitFor()
    await own.pause()
    await page
      .getByRole('alert')
      .getByText(/Not connected/)
      .waitFor()
    await page.screenshot({ path: join(shots, 'cut_off-wide.png') })
    await own.resume()
    await page.getByRole('button', { name: 'Try now' }).click()
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await page.context().close()
    await own.close()
  })
})

describe('by keys alone', () => {
  it('goes from page to page and through a table', async () => {
    const window = await open('')
    const { page } = window
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    const table = page.getByRole('grid', { name: 'Components' })
    await table.waitFor()
    for (let i = 0; i < 40; i++) {
      if (await page.evaluate("document.activeElement.getAttribute('aria-label') === 'Components'"))
        break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'loki.write.logs' }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await close(window)
  })

  it('goes along the graph and opens what it finds', async () => {
    const window = await open('graph')
    const { page } = window
    await page.getByRole('application').focus()
    await page.keyboard.press('ArrowRight')
    const panel = page.getByLabel('Selected component')
    await panel.waitFor()
    const first = await nameOf(panel)
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => nameOf(panel), patience).not.toBe(first)
    const second = await nameOf(panel)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: second }).waitFor()
    await close(window)
  })
})

function nameOf(panel: Locator): Promise<string> {
  return panel.getByRole('link').first().innerText()
}

describe('elsewhere', () => {
  it('works under a path prefix', async () => {
    const own = await startFixtureServer({ components: 40, targets: 40, uiPathPrefix: '/alloy/' })
    const window = await openWindow(browser)
    const { page } = window
    await page.goto(`${own.url}component/team.pipeline.billing/prometheus.scrape.app`)
    await page.getByRole('heading', { level: 1, name: /prometheus.scrape.app/ }).waitFor()
    await page.getByText('Targets to scrape.').waitFor()
    await page.getByRole('link', { name: 'Targets', exact: true }).click()
    await page.getByText('40 targets').waitFor()
    expect(page.url()).toBe(`${own.url}targets`)
    await close(window)
    await own.close()
  })

  it('tells Go Alloy from alloyts, and what is missing there', async () => {
    const own = await startFixtureServer({ components: 60, targets: 40, isGoAlloy: true })
    const window = await openWindow(browser)
    const { page } = window
    await page.goto(`${own.url}components`)
    await page.getByText('This server is Go Alloy').waitFor()
    await page.getByText('60 components').waitFor()
    await page.getByRole('link', { name: 'Logs', exact: true }).click()
    await page.getByText('Logs need the API of alloyts.').waitFor()
    await page.context().close()
    await own.close()
  })
})

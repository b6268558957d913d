// The browser UI over a running pipeline, as users have it.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startAlloyts } from './support/alloyts.ts'
import { launchBrowser, openWindow } from './support/browser.ts'

const secret = 'planted-Secret-4711'

function config(writeUrl: string, regex: string): string {
  return `
livedebugging {
  enabled = true
}

prometheus.exporter.self "me" { }

prometheus.scrape "me" {
  targets         = prometheus.exporter.self.me.targets
  forward_to      = [prometheus.relabel.all.receiver]
  scrape_interval = "4s"
  scrape_timeout  = "900ms"
}

prometheus.relabel "all" {
  forward_to = [team.one.receiver]

  rule {
    source_labels = ["__name__"]
    regex         = "${regex}"
    target_label  = "seen"
    replacement   = "yes"
  }
}

declare "team" {
  argument "to" { }

  prometheus.relabel "inner" {
    forward_to = argument.to.value
  }

  export "receiver" {
    value = prometheus.relabel.inner.receiver
  }
}

team "one" {
  to = [prometheus.remote_write.sink.receiver]
}

prometheus.remote_write "sink" {
  endpoint {
    url = "${writeUrl}"

    basic_auth {
      username = "somebody"
      password = "${secret}"
    }
  }
}
`
}

async function startSink(): Promise<string> {
  const sink = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(204).end())
  })
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    sink.close()
    sink.closeAllConnections()
  })
  const { port } = sink.address() as AddressInfo // it listens on TCP
  return `http://127.0.0.1:${port}/api/v1/write`
}

let browser: Browser

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

it('shows a running pipeline', async () => {
  const writeUrl = await startSink()
  const flags = ['--server.http.ui-path-prefix=/alloy']
  const alloyts = await startAlloyts(config(writeUrl, '.+'), { flags })
  const { page, errors } = await openWindow(browser)
  const base = `${alloyts.url}/alloy/`
  await seesRatesMove(page, base)
  await seesFiguresAndDeclarations(page, base)
  await seesRecords(page, base)
  await seesNoSecrets(page, base)
  expect(errors).toEqual([])
  await seesBreakAndRepair(page, base, (regex) => alloyts.reload(config(writeUrl, regex)))
})

/** Every other window of two seconds has a scrape, so that the rate changes with each. */
async function seesRatesMove(page: Page, base: string): Promise<void> {
  await page.goto(`${base}graph?select=prometheus.relabel.all`)
  const rates = page.locator('.graph-panel .flow b')
  await rates.first().waitFor()
  await page.getByLabel('Rates over').selectOption('2')
  const before = await rates.allTextContents()
  await expect.poll(() => rates.allTextContents(), { timeout: 8000 }).not.toEqual(before)
  await page.getByRole('button', { name: 'team.one' }).click()
  await page.getByRole('button', { name: 'Open module (1)' }).click()
  await page.getByRole('button', { name: 'Close module', exact: true }).waitFor()
}

async function seesFiguresAndDeclarations(page: Page, base: string): Promise<void> {
  await page.goto(base)
  await page.getByText('Samples scraped').waitFor()
  await page.getByText('Every component runs, and every writer delivers.').waitFor()
  await page.goto(`${base}targets`)
  await page.getByText('1 target', { exact: true }).waitFor()
  await page.goto(`${base}component/prometheus.scrape.me`)
  await page.getByText('Fetches metrics from targets over HTTP and forwards them.').waitFor()
  await page.getByText('scrape_interval').first().waitFor()
}

async function seesRecords(page: Page, base: string): Promise<void> {
  await page.goto(`${base}debug/prometheus.relabel.all`)
  await page.getByText('seen="yes"').first().waitFor()
  await page.goto(`${base}debug/prometheus.scrape.me`)
  await page.getByLabel('Filter: text or /pattern/').fill('alloy_build_info')
  await page.getByText('__name__="alloy_build_info"').first().waitFor()
}

async function seesNoSecrets(page: Page, base: string): Promise<void> {
  await page.goto(`${base}logs`)
  await page.getByText('{^_^} Alloy is running').waitFor()
  await page.goto(`${base}config`)
  await page.getByText('"somebody"').waitFor()
  expect(await page.content()).not.toContain(secret)
  await page.goto(`${base}component/prometheus.remote_write.sink`)
  await page.getByText('(secret)').first().waitFor()
  expect(await page.content()).not.toContain(secret)
}

/** Without anybody asking the page to read again. */
async function seesBreakAndRepair(
  page: Page,
  base: string,
  reload: (regex: string) => Promise<unknown>,
): Promise<void> {
  await page.goto(`${base}component/prometheus.relabel.all`)
  const health = page.getByLabel('Health')
  await health.getByText('healthy', { exact: true }).waitFor()
  await reload('(')
  await health.getByText('unhealthy', { exact: true }).waitFor()
  await page.goto(base)
  await page.getByText('refused').waitFor()
  await page.getByRole('link', { name: 'unhealthy prometheus.relabel.all' }).waitFor()
  await reload('.+')
  await page.getByText('Every component runs, and every writer delivers.').waitFor()
}

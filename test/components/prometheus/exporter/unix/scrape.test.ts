import { expect, it } from 'vitest'
import {
  type Collector,
  gauge,
  NoData,
} from '../../../../../src/components/prometheus/exporter/unix/collector.ts'
import { Scrape } from '../../../../../src/components/prometheus/exporter/unix/scrape.ts'
import type { MetricPage } from '../../../../../src/wire/exposition/metric_page.ts'
import { RecordingLogger } from '../../../../support/recording_logger.ts'
import { SimulatedClock, settle } from '../../../../support/simulated_clock.ts'

const family = gauge('node_a', 'A.')

function scrapeOf(collectors: readonly Collector[]) {
  const clock = new SimulatedClock()
  const logger = new RecordingLogger()
  return { clock, logger, scrape: new Scrape({ clock, collectors, describe: () => {}, logger }) }
}

/** Without HELP and TYPE, and without what the frame adds to every page. */
function samples(page: MetricPage): string[] {
  return page
    .text()
    .split('\n')
    .filter((line) => line !== '' && !/^#|duration|encoding/.test(line))
}

function collector(name: string, collect: (page: MetricPage) => Promise<void>): Collector {
  return { name, collect }
}

it('gives what collectors add, how long they took and whether they went well', async () => {
  const { scrape } = scrapeOf([
    collector('a', async (page) => page.add(family, 1)),
    collector('b', async (page) => {
      page.add(family, 2, { of: 'b' })
      throw new Error('broken')
    }),
  ])
  const page = await scrape.page()
  expect(samples(page)).toEqual([
    'node_a 1',
    'node_a{of="b"} 2',
    'node_scrape_collector_success{collector="a"} 1',
    'node_scrape_collector_success{collector="b"} 0',
    'promhttp_metric_handler_errors_total{cause="gathering"} 0',
  ])
  expect(page.text()).toContain('node_scrape_collector_duration_seconds{collector="a"} 0\n')
})

it('logs a failure once, again when it is another, and again after it worked', async () => {
  const failures = ['x', 'x', 'y', '', 'y']
  const { logger, scrape } = scrapeOf([
    collector('a', async () => {
      const message = failures.shift()
      if (message) throw new Error(message)
    }),
  ])
  for (let i = 0; i < 5; i++) await scrape.page()
  const line = (message: string) =>
    `error collector failed name=a duration_seconds=0 err=${message}`
  expect(logger.lines).toEqual([line('x'), line('y'), line('y')])
})

it.each([
  ['the machine has no such file', Object.assign(new Error('gone'), { code: 'ENOENT' })],
  ['the collector says so', new NoData()],
])('takes it for no fault where %s', async (_, error) => {
  const { logger, scrape } = scrapeOf([collector('a', () => Promise.reject(error))])
  const page = await scrape.page()
  expect(samples(page)[0]).toBe('node_scrape_collector_success{collector="a"} 0')
  expect(logger.lines).toEqual([
    `debug collector returned no data name=a duration_seconds=0 err=${error.message}`,
  ])
})

it('lets scrapes that overlap share one page', async () => {
  let count = 0
  const { scrape } = scrapeOf([
    collector('a', async () => {
      count++
    }),
  ])
  const [first, second] = await Promise.all([scrape.page(), scrape.page()])
  expect(first).toBe(second)
  await scrape.page()
  expect(count).toBe(2)
})

it('gives up a collector after 8 s, and asks it again only when it is done', async () => {
  let count = 0
  let finish: () => void = () => {}
  const { clock, logger, scrape } = scrapeOf([
    collector('late', async (page) => {
      count++
      page.add(family, count)
      await new Promise<void>((resolve) => {
        finish = resolve
      })
    }),
    collector('quick', async (page) => page.add(family, 7, { of: 'quick' })),
  ])
  const first = scrape.page()
  await clock.advance(8000)
  expect(samples(await first)).toContain('node_scrape_collector_success{collector="quick"} 1')
  expect((await first).text()).toContain('duration_seconds{collector="late"} 8\n')
  await scrape.page()
  expect(count).toBe(1)
  finish()
  await settle()
  const third = scrape.page()
  await settle()
  finish()
  expect(samples(await third)).toContain('node_a 2')
  expect(logger.lines).toEqual([
    'error collector failed name=late duration_seconds=8 err=no answer within 8s',
    'error collector failed name=late duration_seconds=0 err=an earlier scrape still waits for it',
  ])
  expect(clock.timers).toBe(0)
})

it('leaves out what two collectors give, and counts that', async () => {
  const { logger, scrape } = scrapeOf([
    collector('a', async (page) => page.add(family, 1)),
    collector('b', async (page) => page.add(family, 2)),
    collector('c', async (page) => page.add(gauge('node_a', 'Another.'), 3, { of: 'c' })),
  ])
  expect(samples(await scrape.page())).toEqual([
    'node_a 1',
    'node_scrape_collector_success{collector="a"} 1',
    'node_scrape_collector_success{collector="b"} 1',
    'node_scrape_collector_success{collector="c"} 1',
    'promhttp_metric_handler_errors_total{cause="gathering"} 2',
  ])
  expect(logger.lines).toEqual([
    'error error gathering metrics name=b err=node_a is there twice',
    'error error gathering metrics name=c err=node_a is described in two ways',
  ])
})

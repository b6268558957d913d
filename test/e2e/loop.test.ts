// How long tasks of ours hold the event loop, with a target of 100,000 series.
//
// Measured from inside, less garbage collection and less the time without a processor (see
// watch_loop.mjs). What is left still varies with the machine: beside other work the same code takes
// twice as long. So a phase has eight tries, of which one must do.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { page as benchPage } from '../bench/pages.ts'
import { type Alloyts, startAlloyts } from './support/alloyts.ts'
import { eventually, temporaryFolder } from './support/process.ts'
import { type Listening, serve } from './support/targets.ts'

const boundMs = 20
const tries = 8
const watcher = fileURLToPath(new URL('support/watch_loop.mjs', import.meta.url))

interface Line {
  readonly at: number
  readonly ownMs: number
  readonly delayMs: number
}

function config(target: string, writeUrl: string, site: string): string {
  return `
    prometheus.scrape "big" {
      targets         = [{"__address__" = "${target}"}]
      scrape_interval = "2s"
      scrape_timeout  = "2s"
      forward_to      = [prometheus.relabel.site.receiver]
    }

    prometheus.relabel "site" {
      max_cache_size = 400000
      forward_to     = [prometheus.remote_write.out.receiver]

      rule {
        target_label = "site"
        replacement  = "${site}"
      }

      rule {
        source_labels = ["namespace", "pod"]
        regex         = "prod-(.*);app-(.*)"
        target_label  = "where"
      }
    }

    prometheus.remote_write "out" {
      external_labels = { cluster = "test" }

      endpoint {
        url = "${writeUrl}"

        queue_config {
          batch_send_deadline = "500ms"
        }
      }
    }
  `
}

/** The page with other series: every label set is new. */
function renamed(page: Buffer, name: string): Buffer {
  return Buffer.from(page.toString('latin1').replaceAll('{', `{generation="${name}",`), 'latin1')
}

async function rig() {
  const file = join(temporaryFolder(), 'loop.jsonl')
  const state = { body: benchPage(100_000, 1), received: 0 }
  const target = await serve(() => (_, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(state.body)
  })
  const sink = await serve(() => (_, response, body) => {
    state.received += body.length
    response.writeHead(204).end()
  })
  const url = `http://${sink.address}/`
  const alloyts = await startAlloyts(config(target.address, url, 'lab'), {
    env: { LOOP_WATCH_FILE: file },
    node: ['--import', watcher],
  })
  const lines = (): Line[] =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line))
      : []
  const reload = (site: string) => alloyts.reload(config(target.address, url, site))
  return { alloyts, target, state, lines, reload }
}

/** Waits until `count` more scrapes were made and the last of them is sent. */
async function scrapes(target: Listening, alloyts: Alloyts, count: number): Promise<void> {
  const wanted = target.requests.length + count
  await eventually('scrapes', () => target.requests.length >= wanted, 60_000)
  await eventually(
    'an empty queue',
    async () => {
      const text = await alloyts.metrics()
      const [, pending = '1'] =
        /^prometheus_remote_storage_samples_pending\{.*\} (\S+)$/m.exec(text) ?? []
      return Number(pending) < 2000
    },
    60_000,
  )
}

describe('the event loop', () => {
  it('is held for 20 ms at most by 100,000 series', async () => {
    const { alloyts, target, state, lines, reload } = await rig()
    const first = state.body
    let generation = 0
    const phases: readonly [name: string, phase: () => Promise<unknown>][] = [
      ['known series', () => scrapes(target, alloyts, 4)],
      [
        'new series',
        async () => {
          state.body = renamed(first, `g${++generation}`)
          await scrapes(target, alloyts, 3)
        },
      ],
      [
        'new rules',
        async () => {
          expect((await reload(`lab${++generation}`)).status).toBe(200)
          await scrapes(target, alloyts, 2)
        },
      ],
    ]
    await scrapes(target, alloyts, 2)
    const over: string[] = []
    for (const [name, phase] of phases) {
      const longest: number[] = []
      for (let i = 0; i < tries && !longest.some((ms) => ms <= boundMs); i++) {
        const from = Date.now()
        await phase()
        const seen = lines().filter(({ at }) => at > from)
        expect(seen.length).toBeGreaterThan(3)
        longest.push(Math.max(...seen.map(({ ownMs }) => ownMs)))
      }
      if (Math.min(...longest) > boundMs) over.push(`${name}: ${longest.join(', ')}`)
    }
    expect(over, 'ms that each try held the loop').toEqual([])
    expect(state.received).toBeGreaterThan(0)
  }, 400_000)
})

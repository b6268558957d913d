// textfile: metrics that others write into files, in Prometheus' text format.

import { stat } from 'node:fs/promises'
import type { MetricPage } from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, type CollectorSetting, gauge } from '../collector.ts'
import type { Host } from '../host.ts'
import { addFamily, parseTextfile, type TextFamily } from './textfile_families.ts'

const mtime = gauge('node_textfile_mtime_seconds', 'Unixtime mtime of textfiles successfully read.')
const scrapeError = gauge(
  'node_textfile_scrape_error',
  '1 if there was an error opening or reading a file, 0 otherwise',
)

interface Merged {
  readonly family: TextFamily
  readonly files: readonly string[]
}

export const textfile: BuildCollector = (setting) => {
  const report = reporterOf(setting)
  return {
    name: 'textfile',
    async collect(page) {
      const { host } = setting
      const scrape = new TextfileScrape(page, host, report)
      const { directory } = setting.args.textfile
      if (directory !== '') {
        for (const path of await expandPattern(host, directory)) await scrape.readDirectory(path)
      }
      scrape.finish()
    },
  }
}

type Report = (message: string, where: string, error: Error) => void

/** Logs a problem once, until it is another one: scrapes come every few seconds. */
function reporterOf({ logger }: CollectorSetting): Report {
  const reported = new Map<string, string>()
  return (message, where, error) => {
    if (reported.get(where) === error.message) return
    // Names of files that come and go must not add up.
    if (reported.size >= 1000) reported.clear()
    reported.set(where, error.message)
    logger.log('error', message, { file: where, err: error })
  }
}

class TextfileScrape {
  readonly #page: MetricPage
  readonly #host: Host
  readonly #report: Report
  readonly #merged = new Map<string, Merged>()
  #hasFailed = false

  constructor(page: MetricPage, host: Host, report: Report) {
    this.#page = page
    this.#host = host
    this.#report = report
  }

  async readDirectory(directory: string): Promise<void> {
    try {
      for (const name of await this.#host.list(directory)) {
        if (name.endsWith('.prom')) await this.#readFile(`${directory}/${name}`)
      }
    } catch (error) {
      this.#fail('failed to read textfile collector directory', directory, error)
    }
  }

  async #readFile(path: string): Promise<void> {
    try {
      const families = parseTextfile(path, await this.#host.read(path))
      const { mtimeMs } = await stat(path)
      for (const family of families) this.#merge(path, family)
      this.#page.add(mtime, Math.floor(mtimeMs / 1000), { file: path })
    } catch (error) {
      this.#fail('failed to collect textfile data', path, error)
    }
  }

  /** Families of several files are one; the first that comes says what it is. */
  #merge(path: string, family: TextFamily): void {
    const { name } = family
    const known = this.#merged.get(name)
    if (known === undefined) {
      this.#merged.set(name, { family, files: [path] })
      return
    }
    const { family: first } = known
    if (first.type !== family.type || first.help !== family.help) {
      const what = first.type === family.type ? 'help text' : 'type'
      this.#fail(
        'failed to merge textfile data',
        path,
        new Error(`inconsistent ${what} of ${name}`),
      )
      return
    }
    const series = [...first.series, ...family.series]
    this.#merged.set(name, { family: { ...first, series }, files: [...known.files, path] })
  }

  finish(): void {
    for (const { family, files } of this.#merged.values()) {
      const help = family.help || `Metric read from ${files.join(', ')}`
      for (const problem of addFamily(this.#page, { ...family, help })) {
        this.#fail('failed to add textfile data', files.join(', '), problem)
      }
    }
    this.#page.add(scrapeError, this.#hasFailed ? 1 : 0)
  }

  #fail(message: string, where: string, error: unknown): void {
    this.#hasFailed = true
    this.#report(message, where, error instanceof Error ? error : new Error(String(error)))
  }
}

const wildcard = /[*?[]/

/** The directories that a pattern names: `*`, `?` and `[a-z]` stand for parts of a name. */
async function expandPattern(host: Host, pattern: string): Promise<readonly string[]> {
  if (!wildcard.test(pattern)) return [pattern]
  let paths = [pattern.startsWith('/') ? '' : '.']
  for (const part of pattern.split('/').filter((name) => name !== '')) {
    const found: string[] = []
    for (const path of paths) {
      if (!wildcard.test(part)) {
        found.push(`${path}/${part}`)
        continue
      }
      const matches = nameMatcher(part)
      const names = await host.list(path === '' ? '/' : path).catch(() => [])
      for (const name of names) if (matches.test(name)) found.push(`${path}/${name}`)
    }
    paths = found
  }
  const isDirectory = await Promise.all(paths.map((path) => host.isDirectory(path)))
  return paths.filter((_, i) => isDirectory[i])
}

function nameMatcher(part: string): RegExp {
  const source = part.replace(/\[[^\]]*\]|[\\^$.|?*+(){}[\]]/g, (piece) => {
    if (piece === '*') return '.*'
    if (piece === '?') return '.'
    // A set is written alike in both.
    return piece.length > 1 ? piece : `\\${piece}`
  })
  return new RegExp(`^${source}$`, 's')
}

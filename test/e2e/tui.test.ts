// The terminal UI as its users see it: in a real terminal, at a real engine that goes and comes back.

import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { replayAlloy } from '../support/replayed_alloy.ts'
import { startAlloyts } from './support/alloyts.ts'
import { eventually, freePort, start, temporaryFolder } from './support/process.ts'
import { openTerminal, type TmuxTerminal } from './support/tmux.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const node = process.execPath

/** One target answers, the other one does not. */
function config(): string {
  return `livedebugging { enabled = true }

prometheus.exporter.self "own" { }

prometheus.scrape "good" {
  targets         = prometheus.exporter.self.own.targets
  forward_to      = [prometheus.relabel.all.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "900ms"
}

prometheus.scrape "bad" {
  targets         = [{"__address__" = "127.0.0.1:9"}]
  forward_to      = [prometheus.relabel.all.receiver]
  scrape_interval = "1s"
  scrape_timeout  = "900ms"
}

prometheus.relabel "all" {
  forward_to = [prometheus.echo.end.receiver]
  rule {
    target_label = "seen"
    replacement  = "yes"
  }
}

prometheus.echo "end" { }
`
}

const flags = ['--stability.level=experimental']

function run(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(node, [program, ...args], (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code)
      resolve({ code, stdout, stderr })
    })
  })
}

/** The screen but for what the time changes: the first line, trends and ages. */
function captureOf(terminal: TmuxTerminal): string {
  const [, ...lines] = terminal.screen().split('\n')
  return lines
    .map((line) =>
      line
        .replace(/[▁▂▃▄▅▆▇█]+/g, '')
        .replace(/ for \S+:/, ' for …:')
        .trimEnd(),
    )
    .join('\n')
}

function golden(name: string, text: string): void {
  const file = new URL(`testdata/tui/${name}`, import.meta.url)
  if (process.env.UPDATE !== undefined) writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

describe.skipIf(process.platform !== 'linux')('alloyts tui in a terminal', () => {
  it.each([
    [80, 24],
    [120, 40],
    [200, 50],
  ])('shows every screen at %ix%i', async (width, height) => {
    const { url } = await startAlloyts(config(), { flags })
    const terminal = openTerminal([node, program, 'tui', url], { width, height })
    await terminal.shows(/connected .*● 5 ▲ 0 ✖ 0/)
    await terminal.shows(/● prometheus\.scrape\.good +- +\d/)
    terminal.keys('2')
    await terminal.shows(/prometheus\.relabel\.all\]? [\d.]+k?\/s/)
    terminal.keys('4')
    await terminal.shows(/✖ down/)
    await terminal.shows(/● up/)
    terminal.keys('6')
    await terminal.shows(/participant/)
    terminal.keys('1', 'j', 'j')
    await terminal.shows(/▶● prometheus\.scrape\.bad/)
    terminal.keys('Enter')
    await terminal.shows(/scrape_interval += "1s"/)
    terminal.keys('v')
    await terminal.shows(/sample: ts=\d+, labels=\{__name__="up"/)
    terminal.keys('p')
    await terminal.shows(/paused/)
    terminal.keys('?')
    await terminal.shows(/reload the configuration, after a question/)
    const lines = terminal.screen().split('\n')
    expect(Math.max(...lines.map((each) => each.length))).toBeLessThanOrEqual(width)
    terminal.keys('q')
    // The screen that was there before is back.
    expect(await terminal.shows(/exit code 0/)).not.toMatch(/alloyts|prometheus/)
  })

  it.each([
    ['80x24', 80, 24, {}],
    ['120x40', 120, 40, {}],
    ['200x50', 200, 50, {}],
    ['80x24.no_color', 80, 24, { NO_COLOR: '1' }],
    ['80x24.ascii', 80, 24, { LC_ALL: 'C' }],
  ])(
    'shows a recorded Grafana Alloy as in the capture %s',
    async (name, width, height, variables) => {
      const { origin } = await replayAlloy('metrics')
      const command = [node, program, 'tui', origin]
      const terminal = openTerminal(command, { width, height, environment: variables })
      await terminal.shows(/prometheus\.relabel\.keep +222 +[\d.]+/)
      const components = captureOf(terminal)
      terminal.keys('2')
      await terminal.shows(/prometheus\.relabel\.keep\]? 222\/s/)
      const graph = captureOf(terminal)
      terminal.keys('1', 'G', 'Enter')
      await terminal.shows(/scrape_interval/)
      golden(`${name}.txt`, [components, graph, captureOf(terminal)].join('\n'))
    },
  )

  it('shows that the engine is gone, and that it is back', async () => {
    const port = await freePort()
    const first = await startAlloyts(config(), { flags, port })
    const terminal = openTerminal([node, program, 'tui', `127.0.0.1:${port}`], {
      width: 120,
      height: 40,
    })
    await terminal.shows(/connected/)
    await first.running.stop('SIGKILL')
    await terminal.shows(/lost/)
    // What was known stays.
    expect(terminal.screen()).toMatch(/prometheus\.scrape\.good/)
    await startAlloyts(config(), { flags, port })
    await terminal.shows(/connected/, 30_000)
    await terminal.shows(/● prometheus\.scrape\.good +- +\d/, 30_000)
  })

  it('reloads after a question, and says what was wrong', async () => {
    const { reload, url } = await startAlloyts(config(), { flags })
    const terminal = openTerminal([node, program, 'tui', url], { width: 120, height: 40 })
    await terminal.shows(/connected/)
    terminal.keys('r')
    await terminal.shows(/Reload the configuration\?/)
    terminal.keys('y')
    await terminal.shows(/config reloaded/)
    await reload('prometheus.scrape "x" {')
    terminal.keys('r', 'y')
    await terminal.shows(/reading config path/)
    await terminal.shows(/load failed/)
  })

  it('takes another size, and one that is too small', async () => {
    const { url } = await startAlloyts(config(), { flags })
    const terminal = openTerminal([node, program, 'tui', url], { width: 80, height: 24 })
    await terminal.shows(/COMPONENT +IN\/s +OUT\/s +SAYS/)
    terminal.resize(120, 40)
    await terminal.shows(/TREND/)
    terminal.resize(50, 10)
    await terminal.shows(/^● 5 ▲ 0 ✖ 0 +connected\s*$/)
  })

  it('draws without colour and in ASCII where it is told to', async () => {
    const { url } = await startAlloyts(config(), { flags })
    const size = { width: 80, height: 24 }
    const colours = openTerminal([node, program, 'tui', url], size)
    await colours.shows(/connected/)
    expect(colours.colouredScreen()).toMatch(/\[32m/)
    const none = openTerminal([node, program, 'tui', url], {
      ...size,
      environment: { NO_COLOR: '1' },
    })
    await none.shows(/connected/)
    expect(none.colouredScreen()).not.toMatch(/\[[\d;]*m/)
    const ascii = openTerminal([node, program, 'tui', url], {
      ...size,
      environment: { LC_ALL: 'C' },
    })
    await ascii.shows(/>o prometheus\.exporter\.self\.own/)
    expect(ascii.screen()).toMatch(/^[\x20-\x7e\n]*$/)
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'restores the terminal on %s',
    async (signal) => {
      const terminal = openTerminal([node, program, 'tui', '127.0.0.1:9'], {
        width: 80,
        height: 24,
      })
      await terminal.shows(/lost/)
      process.kill(terminal.pid(), signal)
      expect(await terminal.shows(/exit code 0/)).not.toMatch(/lost/)
    },
  )

  it('restores the terminal before it prints an error that nobody catches', async () => {
    const failing = `data:text/javascript,setTimeout(() => { throw Error('boom') }, 4000)`
    const command = [node, '--import', failing, program, 'tui', '127.0.0.1:9']
    const terminal = openTerminal(command, { width: 80, height: 24 })
    await terminal.shows(/lost/)
    const screen = await terminal.shows(/exit code 1/)
    expect(screen).toMatch(/Error: boom/)
    expect(screen).not.toMatch(/lost/)
  })

  it('takes less than a tenth of a core at 200x50', async () => {
    const { url } = await startAlloyts(config(), { flags })
    const terminal = openTerminal([node, program, 'tui', url], { width: 200, height: 50 })
    await terminal.shows(/connected/)
    const shares: Record<string, number> = {}
    for (const [screen, key] of [
      ['components', '1'],
      ['graph', '2'],
      ['debug', '3'],
      ['targets', '4'],
    ]) {
      terminal.keys('1', 'g', 'j', ...(key === '3' ? ['v'] : [key!]))
      await new Promise((resolve) => setTimeout(resolve, 3000))
      const before = terminal.cpuSeconds()
      await new Promise((resolve) => setTimeout(resolve, 5000))
      shares[screen!] = (terminal.cpuSeconds() - before) / 5
    }
    console.log('share of a core at 200x50:', shares)
    for (const share of Object.values(shares)) expect(share).toBeLessThan(0.1)
  })
})

describe.skipIf(process.platform !== 'linux')('alloyts run --tui', () => {
  it('shows itself, and ends with it', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'config.alloy')
    writeFileSync(file, config())
    const port = await freePort()
    const args = ['run', '--tui', file, ...flags, `--server.http.listen-addr=127.0.0.1:${port}`]
    const storage = `--storage.path=${join(folder, 'data')}`
    const terminal = openTerminal([node, program, ...args, storage], { width: 120, height: 40 })
    await terminal.shows(/connected .*● 5/, 30_000)
    // Log lines would be in the middle of it.
    expect(terminal.screen()).not.toMatch(/level=/)
    terminal.keys('C-c')
    await terminal.shows(/exit code 0/, 30_000)
    await expect(fetch(`http://127.0.0.1:${port}/-/ready`)).rejects.toThrow()
  })
})

describe('alloyts tui without a terminal', () => {
  it('prints every component with its whole id on a line', async () => {
    const { url } = await startAlloyts(config(), { flags })
    const { code, stdout } = await run(['tui', url, '--once'])
    expect(code).toBe(0)
    const rows = stdout.trim().split('\n').slice(1)
    expect(rows.map((row) => row.trim().split(/ +/)[3])).toEqual([
      'prometheus.exporter.self.own',
      'prometheus.scrape.good',
      'prometheus.scrape.bad',
      'prometheus.relabel.all',
      'prometheus.echo.end',
    ])
    expect(rows[1]).toMatch(/^healthy +\S+ +[1-9]\S* +prometheus\.scrape\.good/)
  })

  it('prints a line of JSON for every interval until it is told to end', async () => {
    const { url } = await startAlloyts(config(), { flags })
    const running = start(node, [program, 'tui', url, '--json'])
    await eventually('two lines', () => running.output().split('\n').length > 2)
    expect(await running.stop('SIGINT')).toBe(0)
    const [line] = running.output().split('\n')
    expect(JSON.parse(line!)).toMatchObject({ version: 1, server: 'alloyts', rateError: '' })
  })

  it.each([
    ['nothing answers', ['tui', '127.0.0.1:9', '--once'], 69, /cannot ask/],
    ['there is no terminal', ['tui', '127.0.0.1:9'], 74, /there is no terminal/],
    ['the URL is none', ['top', 'http://:x', '--once'], 2, /not a URL/],
    ['the interval is too short', ['tui', '--interval=10ms', '--once'], 2, /between 1s and 60s/],
    ['a password is missing', ['tui', '--user=x', '--once'], 2, /--password-env/],
    ['run --tui has no terminal', ['run', '--tui', 'x.alloy'], 74, /there is no terminal/],
  ])('says so where %s', async (_, args, exitCode, message) => {
    const { code, stderr, stdout } = await run(args)
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' })
    expect(stderr).toMatch(message)
  })
})

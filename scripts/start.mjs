// npm start: runs an example and, unless PROMETHEUS_URL names a receiver, a sink beside it. On a
// terminal it then shows what the collector does, elsewhere (or with --no-tui) it says every few
// seconds what arrives. Ctrl-C ends everything.
import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = `${root}bin/run.js`
const isLinux = process.platform === 'linux'
const example = isLinux ? 'examples/host.alloy' : 'examples/default.alloy'
const hasTerminal = process.stdin.isTTY && process.stdout.isTTY
const showsTui = hasTerminal && !process.argv.includes('--no-tui')

const startTimeoutMs = 20_000
const stopTimeoutMs = 20_000
const summaryIntervalMs = 5000

/** Started last stops first, so that the collector can deliver what it still has. */
const parts = []
let stopping = false
/** Then the terminal is not ours; the log is one of its screens. */
let tuiIsShown = false

function say(line) {
  console.log(line)
}

/** Runs the program in a process group of its own: Ctrl-C reaches only this script. */
function start(name, args, env = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
  })
  const part = { name, child, isOver: false }
  child.stderr.on('data', (chunk) => {
    if (!tuiIsShown) process.stderr.write(chunk)
  })
  child.on('error', (error) => void failed(`${name} cannot be started: ${error.message}`))
  child.on('exit', (code, signal) => {
    part.isOver = true
    if (!stopping) void failed(`${name} has ended (${signal ?? `exit code ${code}`})`)
  })
  parts.push(part)
}

async function stopAll() {
  stopping = true
  for (const { child, name } of [...parts].reverse()) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) continue
    const over = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const timer = setTimeout(() => {
      say(`${name} does not stop: killing it`)
      child.kill('SIGKILL')
    }, stopTimeoutMs)
    await over
    clearTimeout(timer)
  }
}

async function failed(reason) {
  if (stopping) return
  console.error(`npm start: ${reason}`)
  await stopAll()
  process.exit(1)
}

async function finish() {
  if (stopping) return
  say('\nstopping')
  await stopAll()
  process.exit(0)
}

/** `wanted`, or a free port where something else listens on it. */
async function freePort(wanted, purpose) {
  const port = await listenOnce(wanted).catch(() => listenOnce(0))
  if (port !== wanted) say(`port ${wanted} is taken: ${purpose} uses ${port}`)
  return port
}

function listenOnce(port) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const bound = server.address().port
      server.close(() => resolve(bound))
    })
  })
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (result) => {
      socket.destroy()
      resolve(result)
    }
    socket.setTimeout(1000, () => end(false))
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

async function get(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.text()
}

async function untilReady(name, url) {
  const deadline = Date.now() + startTimeoutMs
  while (!stopping) {
    try {
      return await get(`${url}/-/ready`)
    } catch (error) {
      if (Date.now() > deadline) return failed(`${name} is not ready: ${error.message}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/** Where samples go, and what is known of them there. */
async function receiver() {
  const given = process.env.PROMETHEUS_URL
  if (given) {
    const url = new URL(given)
    if (url.pathname === '/') url.pathname = '/api/v1/write'
    return { url: url.href, shown: `${url.origin}${url.pathname}` }
  }
  const port = await freePort(9009, 'the sink')
  const origin = `http://127.0.0.1:${port}`
  start('the sink', ['tools', 'sink', `--listen-addr=127.0.0.1:${port}`])
  await untilReady('the sink', origin)
  return { url: `${origin}/api/v1/write`, shown: origin, totals: `${origin}/api/totals` }
}

async function summary(target, collector) {
  if (target.totals !== undefined) {
    const { series, samples, requests } = JSON.parse(await get(target.totals))
    return `${series} series, ${samples} samples in ${requests} requests have arrived`
  }
  const metrics = await get(`${collector}/metrics`)
  const total = (name) =>
    [...metrics.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    )
  const sent = total('prometheus_remote_storage_samples_total')
  const failures = total('prometheus_remote_storage_samples_failed_total')
  return `${sent} samples were sent, ${failures} of them in vain`
}

/** It has the terminal until it is left, and all ends with it. */
async function showTui(collector) {
  say('The terminal shows what it does in a moment: q ends it, ? tells the keys.')
  await new Promise((resolve) => setTimeout(resolve, 2000))
  if (stopping) return
  tuiIsShown = true
  const child = spawn(process.execPath, [program, 'tui', collector], {
    cwd: root,
    stdio: 'inherit',
  })
  await new Promise((resolve) => child.once('exit', resolve))
  tuiIsShown = false
  await finish()
}

async function main() {
  process.on('SIGINT', () => void finish())
  process.on('SIGTERM', () => void finish())
  // The terminal is gone, which the parts, in groups of their own, would not notice.
  process.on('SIGHUP', () => void finish())
  const target = await receiver()
  if (stopping) return
  const port = await freePort(12345, 'alloyts')
  const collector = `http://127.0.0.1:${port}`
  const node =
    !isLinux && (await answers(9100)) ? [{ __address__: '127.0.0.1:9100', job: 'node' }] : []
  const flags = [`--server.http.listen-addr=127.0.0.1:${port}`, `--storage.path=${root}data-alloy`]
  start('alloyts', ['run', `${root}${example}`, ...flags], {
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    NODE_EXPORTER_TARGETS: JSON.stringify(node),
    REMOTE_WRITE_URL: target.url,
  })
  await untilReady('alloyts', collector)
  if (stopping) return
  const what = isLinux ? 'metrics and those of this machine' : 'metrics'
  say(`alloyts runs ${example}: it collects its own ${what} every 5 s`)
  if (node.length > 0) say('and those of the node exporter on 127.0.0.1:9100')
  say(`  what it does   ${collector}`)
  say(`  its metrics    ${collector}/metrics`)
  say(`  what arrives   ${target.shown}`)
  if (showsTui) return showTui(collector)
  say('Ctrl-C ends it.\n')
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, summaryIntervalMs))
    if (stopping) return
    const line = await summary(target, collector).catch((error) => `no summary: ${error.message}`)
    if (!stopping) say(`${new Date().toISOString().slice(11, 19)}  ${line}`)
  }
}

main().catch((error) => failed(error.message))

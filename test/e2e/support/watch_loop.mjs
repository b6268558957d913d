// Loaded into a program under test with `node --import`: how long was its event loop held?
//
// A timer of 1 ms notes when it is late. Of each gap it takes off what was not the program's doing:
// garbage collection, and on Linux the time its thread was ready but had no processor. Every 250 ms
// a line of JSON about the longest gap since the last goes to the file that LOOP_WATCH_FILE names:
//
//   at      Unix time in ms of this line
//   ownMs   the longest gap, less GC and waiting for a processor
//   delayMs the longest delay as monitorEventLoopDelay sees it, nothing taken off

import { appendFileSync, readFileSync } from 'node:fs'
import { monitorEventLoopDelay, PerformanceObserver, performance } from 'node:perf_hooks'

const file = process.env.LOOP_WATCH_FILE
const gapMinMs = 4
const delays = monitorEventLoopDelay({ resolution: 1 })
/** Since the last line: [start, end, time without a processor]. */
let gaps = []
/** [start, end], of the last seconds: the observer tells late. */
let collections = []

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) {
    collections.push([startTime, startTime + duration])
  }
}).observe({ entryTypes: ['gc'] })

/** Time in ms that the main thread was ready to run and waited. */
function waitedMs() {
  try {
    const [, waitedNs = '0'] = readFileSync('/proc/self/schedstat', 'latin1').split(' ')
    return Number(waitedNs) / 1e6
  } catch {
    return 0 // not Linux: on a busy machine the gaps look longer than they were
  }
}

let last = performance.now()
let waited = waitedMs()

function tick() {
  const now = performance.now()
  const waitedNow = waitedMs()
  if (now - last > gapMinMs) gaps.push([last, now, waitedNow - waited])
  last = now
  waited = waitedNow
  setTimeout(tick, 1).unref()
}

function report() {
  // Once more round the loop, for what the observer has yet to tell of these gaps.
  setTimeout(() => {
    let ownMs = 0
    for (const [start, end, waitingMs] of gaps) {
      let gapMs = end - start - waitingMs
      for (const [from, to] of collections) {
        gapMs -= Math.max(0, Math.min(end, to) - Math.max(start, from))
      }
      ownMs = Math.max(ownMs, gapMs)
    }
    const line = { at: Date.now(), ownMs, delayMs: delays.max / 1e6 }
    appendFileSync(file, `${JSON.stringify(line)}\n`)
    delays.reset()
    gaps = []
    collections = collections.filter(([, to]) => to > performance.now() - 5000)
    setTimeout(report, 250).unref()
  }, 20).unref()
}

delays.enable()
tick()
report()

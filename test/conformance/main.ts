// Runs conformance data: every folder of a directory is a suite.
// Usage: conformance DIR [suite...] [--failures N] [--json] [--record] [--timeout MS]

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Case, foldersIn } from './harness.ts'
import { countCases } from './harness_count.ts'
import { suites } from './harness_suites.ts'

/** What each suite has passed before, the least it must pass again. */
const baselineFile = fileURLToPath(new URL('../test/conformance.json', import.meta.url))

interface Failure {
  readonly id: string
  readonly reason: string
}

interface Result {
  readonly suite: string
  readonly passed: number
  readonly total: number
  readonly failures: readonly Failure[]
}

interface Limits {
  readonly failuresMax: number
  readonly timeoutMs: number
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      failures: { type: 'string', default: '0' },
      timeout: { type: 'string', default: '30000' },
      json: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
    },
  })
  const [dir, ...chosen] = positionals
  const limits = { failuresMax: Number(values.failures), timeoutMs: Number(values.timeout) }
  const known = limits.failuresMax >= 0 && limits.timeoutMs > 0
  if (dir === undefined || !existsSync(dir) || !known) {
    console.error(
      'usage: conformance DIR [suite...] [--failures N] [--timeout MS] [--json] [--record]',
    )
    return 2
  }
  const results: Result[] = []
  for (const suite of chosen.length > 0 ? chosen : foldersIn(dir)) {
    const result = await runSuite(join(dir, suite), suite, limits)
    results.push(result)
    if (!values.json) print(result)
  }
  if (values.json) console.log(JSON.stringify(results, undefined, 2))
  const baseline: Record<string, number> = existsSync(baselineFile)
    ? JSON.parse(readFileSync(baselineFile, 'utf8'))
    : {}
  if (values.record) record(results, baseline)
  const lower = results.filter(({ suite, passed }) => passed < (baseline[suite] ?? 0))
  for (const { suite, passed } of lower) {
    console.error(`${suite}: ${passed} passed, but it has passed ${baseline[suite]} before`)
  }
  return lower.length > 0 ? 1 : 0
}

async function runSuite(dir: string, suite: string, limits: Limits): Promise<Result> {
  const modules = suites[suite]
  if (modules === undefined || !existsSync(dir)) return { suite, passed: 0, total: 1, failures: [] }
  let passed = 0
  let ran = 0
  const failures: Failure[] = []
  const fail = (id: string, reason: string) => {
    if (failures.length < limits.failuresMax) failures.push({ id, reason })
  }
  for (const load of modules) {
    try {
      const { cases } = await load()
      for await (const each of cases(dir)) {
        ran++
        const reason = await outcomeOf(each, limits.timeoutMs)
        if (reason === undefined) passed++
        else fail(each.id, reason)
      }
    } catch (error) {
      fail(suite, `the suite broke off: ${describe(error)}`)
    }
  }
  return { suite, passed, total: Math.max(countCases(dir, suite), ran), failures }
}

async function outcomeOf(each: Case, timeoutMs: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined
  try {
    const answer = each.run()
    if (!(answer instanceof Promise)) return answer
    const deadline = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, timeoutMs, `no answer within ${timeoutMs} ms`)
    })
    return await Promise.race([answer, deadline])
  } catch (error) {
    return describe(error)
  } finally {
    clearTimeout(timer)
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`
  return (error.stack ?? error.message).split('\n').slice(0, 4).join('\n')
}

function print({ suite, passed, total, failures }: Result): void {
  console.log(`${suite} ${passed}/${total}`)
  for (const { id, reason } of failures) console.log(`  ${id}: ${reason.replace(/\n/g, '\n    ')}`)
}

/** Raises the numbers of the baseline; they never fall. */
function record(results: readonly Result[], baseline: Record<string, number>): void {
  for (const { suite, passed } of results) {
    if (passed > (baseline[suite] ?? 0)) baseline[suite] = passed
  }
  const sorted = Object.fromEntries(Object.entries(baseline).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(baselineFile, `${JSON.stringify(sorted, undefined, 2)}\n`)
}

process.exit(await main())

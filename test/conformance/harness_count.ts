// How many cases a suite's folder holds, whether or not its loader exists yet.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn } from './harness.ts'

/**
 * Suites with cases outside of tables: each matching file is a case, or each folder of one where the
 * pattern ends in a slash.
 */
const caseFiles: Record<string, string[]> = {
  'alloy-fmt': ['*.in'],
  'alloy-parse': ['{valid,invalid}/*.alloy'],
  'alloy-runtime': ['**/*.txtar'],
  'alloy-validate': ['**/*.txtar'],
  'config-corpus': ['**/*.alloy'],
  'convert-otelcol': ['**/*.yaml'],
  'convert-prometheus': ['**/*.yaml'],
  'convert-promtail': ['**/*.yaml'],
  'convert-static': ['**/*.yaml'],
  'otel-golden': ['*/*/'],
  payloads: ['*/**', '!syslog-raw/*.json'],
  'prom-config': ['*.yml'],
  'prom-remote-write': ['golden/*/'],
}

/** Lines of NDJSON files, rows of tables, and the files that are cases themselves. */
export function countCases(dir: string, suite: string): number {
  let count = 0
  for (const file of filesIn(dir, '*.ndjson')) {
    count += readFileSync(join(dir, file), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '').length
  }
  for (const file of filesIn(dir, '*.json')) count += rowsOf(join(dir, file))
  const patterns = caseFiles[suite] ?? []
  const folders = patterns.filter((pattern) => pattern.endsWith('/'))
  const files = patterns.filter((pattern) => !pattern.endsWith('/'))
  if (files.length > 0) count += filesIn(dir, ...files).length
  for (const pattern of folders) {
    count += new Set(filesIn(dir, `${pattern}**`).map(caseFolder)).size
  }
  return count

  function caseFolder(file: string): string {
    return file.split('/').slice(0, 2).join('/')
  }
}

/** A table is an array of objects; other JSON files serve the cases beside them. */
function rowsOf(file: string): number {
  const table: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const isTable = Array.isArray(table) && table.every((row) => typeof row === 'object')
  return isTable ? table.length : 0
}

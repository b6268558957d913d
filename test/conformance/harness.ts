// What a suite of conformance data is, and the readers that suites share.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import glob from 'fast-glob'
import { textOf } from '../../src/go/text.ts'

export interface Case {
  /** `<suite>/<case>`, or `<suite>/<table>/<case>`. */
  readonly id: string
  /** What is wrong, or nothing when the case passes. A throw is a failure too. */
  run(): string | undefined | Promise<string | undefined>
}

/** A suite module. One that needs more than the folder may keep state between its cases. */
export interface Suite {
  /** `dir` is the suite's own folder; every file in it may be missing. */
  cases(dir: string): AsyncGenerator<Case>
}

/** A byte string of a table. */
export type Text = string | { readonly $base64: string }

export function textFrom(text: Text): string {
  return typeof text === 'string' ? text : textOf(Buffer.from(text.$base64, 'base64'))
}

/** The rows of a table of named cases; empty where the file is missing. */
export function readTable<Row>(dir: string, table: string): Row[] {
  const file = join(dir, `${table}.json`)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

/** The lines of every NDJSON file of a folder, parsed, file by file in order of name. */
export function* readLines<Row>(dir: string, pattern = '*.ndjson'): Generator<Row> {
  for (const file of filesIn(dir, pattern)) {
    for (const line of readFileSync(join(dir, file), 'utf8').split('\n')) {
      if (line.trim() !== '') yield JSON.parse(line)
    }
  }
}

/** Paths below `dir` that match, relative to it and sorted. */
export function filesIn(dir: string, ...patterns: string[]): string[] {
  return glob.sync(patterns, { cwd: dir, dot: true }).sort()
}

/** Folders directly in `dir`, sorted. */
export function foldersIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** Nothing when equal, else the first line that differs, with its number. */
export function difference(actual: string, expected: string): string | undefined {
  if (actual === expected) return undefined
  const actualLines = actual.split('\n')
  const expectedLines = expected.split('\n')
  let i = 0
  while (actualLines[i] === expectedLines[i]) i++
  return [
    `line ${i + 1} of ${expectedLines.length}`,
    `  expected ${shorten(expectedLines[i])}`,
    `  actual   ${shorten(actualLines[i])}`,
  ].join('\n')
}

function shorten(line: string | undefined): string {
  if (line === undefined) return 'nothing'
  const quoted = JSON.stringify(line)
  return quoted.length > 200 ? `${quoted.slice(0, 200)}…` : quoted
}

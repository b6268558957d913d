// alloy-decode: bodies of every component and configuration block, decoded or refused.

import { blockDeclarationOf, declarationOf } from '../../src/components/all.ts'
import { createStdlib } from '../../src/eval/stdlib.ts'
import { bytesOf } from '../../src/go/text.ts'
import { decodeBlock } from '../../src/schema/decode.ts'
import { bodyText, statementsShown } from '../../src/schema/encode.ts'
import type { Schema } from '../../src/schema/schema.ts'
import { bodyPieces } from '../../src/server/alloy_json.ts'
import { type Diagnostic, Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource, positionOf } from '../../src/syntax/source.ts'
import { type Case, difference, readLines } from './harness.ts'

interface Row {
  readonly id: string
  readonly component: string
  readonly body: string
  readonly ok: boolean
  readonly args?: string
  readonly json?: unknown
  readonly stage?: 'parse' | 'decode'
  readonly errors?: readonly Expected[]
}

interface Place {
  readonly line: number
  readonly col: number
}

interface Expected {
  readonly message: string
  readonly start?: Place
  readonly end?: Place
}

const stdlib = createStdlib({
  env: () => undefined,
  hostname: 'localhost',
  os: 'linux',
  arch: 'amd64',
  version: 'v0.0.0',
})

export async function* cases(dir: string): AsyncGenerator<Case> {
  const declared = { passed: 0, total: 0 }
  for (const row of readLines<Row>(dir)) {
    const schema = await schemaOf(row.component)
    if (schema !== undefined) declared.total++
    yield {
      id: row.id,
      run: () => {
        if (schema === undefined) return `${row.component} is not declared`
        const reason = compare(row, schema)
        if (reason === undefined) declared.passed++
        return reason
      },
    }
  }
  if (declared.total === 0) return
  console.log(`alloy-decode[declared] ${declared.passed}/${declared.total}`)
}

async function schemaOf(name: string): Promise<Schema | undefined> {
  return (await declarationOf(name))?.arguments ?? (await blockDeclarationOf(name))?.arguments
}

function compare(row: Row, schema: Schema): string | undefined {
  const syntax = new Diagnostics()
  const file = parseFile(createSource('', bytesOf(row.body)), syntax)
  if (syntax.errors > 0) return compareError(row, { ...syntax.list[0]!, plain: false })
  const { args, body, problems } = decodeBlock(schema, file, stdlib)
  const [first] = problems
  if (first !== undefined || args === undefined) {
    return first === undefined ? 'arguments rest on unknown values' : compareError(row, first)
  }
  if (!row.ok) return `expected ${row.errors?.[0]?.message}, but it decoded`
  const text = difference(bodyText(body), row.args ?? '')
  if (text !== undefined || row.json === undefined) return text
  const json = JSON.parse([...bodyPieces(statementsShown(body))].join(''))
  return difference(JSON.stringify(json, undefined, 1), JSON.stringify(row.json, undefined, 1))
}

function compareError(row: Row, problem: Diagnostic & { plain: boolean }): string | undefined {
  const expected = row.errors?.[0]
  const actual = describe(problem)
  return difference(actual, expected === undefined ? 'decodes' : describeExpected(expected))
}

function describe({ message, span, plain }: Diagnostic & { plain: boolean }): string {
  if (plain || span === undefined) return message
  const start = positionOf(span.source, span.start)
  const end = positionOf(span.source, span.end - 1)
  return `${start.line}:${start.column}-${end.line}:${end.column} ${message}`
}

function describeExpected({ message, start, end }: Expected): string {
  if (start === undefined || end === undefined) return message
  return `${start.line}:${start.col}-${end.line}:${end.col} ${message}`
}

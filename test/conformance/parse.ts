// alloy-parse: scanner, parser, identifiers and the printed report.

import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bytesOf } from '../../src/go/text.ts'
import { type Diagnostic, Diagnostics, describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { isIdentifier, sanitizeIdentifier } from '../../src/syntax/identifier.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { renderReport } from '../../src/syntax/report.ts'
import { Scanner } from '../../src/syntax/scanner.ts'
import { createSource, type Source } from '../../src/syntax/source.ts'
import { type Case, difference, filesIn, readTable, type Text, textFrom } from './harness.ts'

/** Kinds that the tables call by names of their own. */
const kindNames: Record<string, string> = {
  '||': 'OR',
  '&&': 'AND',
  '!': 'NOT',
  '=': 'ASSIGN',
  '==': 'EQ',
  '!=': 'NEQ',
  '<': 'LT',
  '<=': 'LTE',
  '>': 'GT',
  '>=': 'GTE',
  '+': 'ADD',
  '-': 'SUB',
  '*': 'MUL',
  '/': 'DIV',
  '%': 'MOD',
  '^': 'POW',
  '{': 'LCURLY',
  '}': 'RCURLY',
  '(': 'LPAREN',
  ')': 'RPAREN',
  '[': 'LBRACK',
  ']': 'RBRACK',
  ',': 'COMMA',
  '.': 'DOT',
}

export async function* cases(dir: string): AsyncGenerator<Case> {
  yield* files(dir)
  for (const { name, input } of readTable<{ name: string; input: Text }>(dir, 'fuzz')) {
    yield { id: `alloy-parse/fuzz/${name}`, run: () => void parse('fuzz', textFrom(input)) }
  }
  yield* tokens(dir)
  yield* identifiers(dir)
  for (const row of readTable<ReportRow>(dir, 'reports')) {
    yield { id: `alloy-parse/reports/${row.name}`, run: () => checkReport(row) }
  }
}

function parse(name: string, text: string): readonly Diagnostic[] {
  const diagnostics = new Diagnostics()
  parseFile(createSource(name, bytesOf(text)), diagnostics)
  return diagnostics.list
}

interface ExpectedError {
  readonly offset: number
  readonly regex: string
}

function* files(dir: string): Generator<Case> {
  for (const file of filesIn(dir, '{valid,invalid}/*.alloy')) {
    const expectedFile = join(dir, file.replace(/\.alloy$/, '.expected.json'))
    const expected: ExpectedError[] = existsSync(expectedFile)
      ? JSON.parse(readFileSync(expectedFile, 'utf8'))
      : []
    yield {
      id: `alloy-parse/${file.replace(/\.alloy$/, '')}`,
      run: () => {
        const found = parse(basename(file), readFileSync(join(dir, file), 'utf8'))
        const isSame =
          found.length === expected.length &&
          found.every(({ span, message }, i) => {
            const { offset, regex } = expected[i]!
            return span?.start === offset && new RegExp(regex.replaceAll('{', '\\{')).test(message)
          })
        return isSame ? undefined : found.map(describeDiagnostic).join('\n') || 'no errors'
      },
    }
  }
}

interface TokenRow {
  readonly name: string
  readonly token: string
  readonly text: Text
}

interface ScanErrorRow {
  readonly name: string
  readonly input: Text
  readonly token: string
  readonly offset: number
  readonly literal: Text
  readonly error: string
}

function* tokens(dir: string): Generator<Case> {
  for (const { name, token, text } of readTable<TokenRow>(dir, 'tokens')) {
    yield {
      id: `alloy-parse/tokens/${name}`,
      run: () => {
        const input = textFrom(text)
        const first = scanFirst(input)
        const actual = `${first.kind} ${first.text} ${first.errors.join()}`
        return difference(actual, `${token} ${expectedLiteral(token, input)} `)
      },
    }
  }
  for (const row of readTable<ScanErrorRow>(dir, 'scanner-errors')) {
    yield {
      id: `alloy-parse/scanner-errors/${row.name}`,
      run: () => {
        const { kind, text, errors } = scanFirst(textFrom(row.input))
        const literal = row.token === 'ILLEGAL' ? '' : textFrom(row.literal)
        const actual = `${kind} ${row.token === 'ILLEGAL' ? '' : text} ${errors.at(-1) ?? ''}`
        const error = row.error === '' ? '' : `${row.offset} ${row.error}`
        return difference(actual, `${row.token} ${literal} ${error}`)
      },
    }
  }
}

function scanFirst(input: string): { kind: string; text: string; errors: string[] } {
  const errors: string[] = []
  const onError = (message: string, offset: number) => errors.push(`${offset} ${message}`)
  const { kind, text } = new Scanner(bytesOf(input), onError, false).scan()
  return { kind: kindNames[kind] ?? kind, text, errors }
}

/** Operators have no literal; comments are without carriage returns and without a line's end. */
function expectedLiteral(token: string, input: string): string {
  if (token !== 'COMMENT') return Object.values(kindNames).includes(token) ? '' : input
  if (input.startsWith('//')) return input.replace(/[\r\n]/g, '')
  return input.replace(/\r(?!\/)/g, '').replace(/(?<!\*)\r/g, '')
}

interface IdentifierRow {
  readonly name: string
  readonly identifier: Text
  readonly valid: boolean
}

interface SanitizeRow {
  readonly name: string
  readonly identifier: Text
  readonly expected: Text
  readonly error?: string
}

function* identifiers(dir: string): Generator<Case> {
  for (const { name, identifier, valid } of readTable<IdentifierRow>(dir, 'identifiers')) {
    yield {
      id: `alloy-parse/identifiers/${name}`,
      run: () => (isIdentifier(textFrom(identifier)) === valid ? undefined : `not ${valid}`),
    }
  }
  for (const row of readTable<SanitizeRow>(dir, 'sanitize')) {
    yield {
      id: `alloy-parse/sanitize/${row.name}`,
      run: () => {
        try {
          const actual = sanitizeIdentifier(textFrom(row.identifier))
          return row.error ? `no error, but ${actual}` : difference(actual, textFrom(row.expected))
        } catch (error) {
          return difference((error as Error).message, row.error ?? '')
        }
      },
    }
  }
}

interface Place {
  readonly line: number
  readonly column: number
}

interface ReportRow {
  readonly name: string
  readonly files: Record<string, string>
  readonly diagnostics: readonly {
    readonly severity: 'error' | 'warning' | 'warn'
    readonly file: string
    readonly start: Place
    readonly end?: Place
    readonly message: string
  }[]
  readonly expected: string
}

function checkReport({ files, diagnostics, expected }: ReportRow): string | undefined {
  const list = diagnostics.map(({ severity, file, start, end, message }): Diagnostic => {
    const source = createSource(file, bytesOf(files[file] ?? ''))
    const from = offsetOf(source, start)
    const span = { source, start: from, end: (end ? offsetOf(source, end) : from) + 1 }
    return { severity: severity === 'warn' ? 'warning' : severity, message, span }
  })
  return difference(renderReport(list), expected)
}

function offsetOf({ lineStarts }: Source, { line, column }: Place): number {
  return lineStarts[line - 1]! + column - 1
}

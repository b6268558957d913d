// alloy-minted without its table `eval`: what the original's scanner, parser and formatter answer.

import { quote } from '../../src/go/quote.ts'
import { bytesOf } from '../../src/go/text.ts'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { formatFile } from '../../src/syntax/format.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { renderReport } from '../../src/syntax/report.ts'
import { Scanner } from '../../src/syntax/scanner.ts'
import { createSource } from '../../src/syntax/source.ts'
import { type Case, difference, readTable, type Text, textFrom } from './harness.ts'

const tables = ['fmt', 'fuzz', 'docs-not-parsing', 'parse']

interface FileRow {
  readonly name: string
  readonly file: string
  readonly input: Text
  readonly formatted?: Text
  readonly report?: Text
}

interface TokensRow {
  readonly name: string
  readonly input: Text
  readonly tokens: readonly string[]
  readonly errors: readonly string[]
}

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const table of tables) {
    for (const row of readTable<FileRow>(dir, table)) {
      yield { id: `alloy-minted/${table}/${row.name}`, run: () => checkFile(row) }
    }
  }
  for (const row of readTable<TokensRow>(dir, 'tokens')) {
    yield { id: `alloy-minted/tokens/${row.name}`, run: () => checkTokens(row) }
  }
}

function checkFile({ file, input, formatted, report }: FileRow): string | undefined {
  const diagnostics = new Diagnostics()
  const tree = parseFile(createSource(file, bytesOf(textFrom(input))), diagnostics)
  const problem = difference(renderReport(diagnostics.list), textFrom(report ?? ''))
  if (problem !== undefined || formatted === undefined) return problem
  return difference(`${formatFile(tree)}\n`, textFrom(formatted))
}

function checkTokens({ input, tokens, errors }: TokensRow): string | undefined {
  const found: string[] = []
  const scanner = new Scanner(bytesOf(textFrom(input)), (message, offset) =>
    found.push(`${offset}:${message}`),
  )
  const lines: string[] = []
  for (let isLast = false; !isLast; ) {
    const { kind, text, start } = scanner.scan()
    lines.push(`${start} ${kind} ${quote(text)}`)
    isLast = kind === 'EOF'
  }
  return difference([...lines, ...found].join('\n'), [...tokens, ...errors].join('\n'))
}

// alloy-fmt: the formatter's own cases.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textOf } from '../../src/go/text.ts'
import { Diagnostics, describeDiagnostic } from '../../src/syntax/diagnostics.ts'
import { formatFile } from '../../src/syntax/format.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import { type Case, difference, filesIn } from './harness.ts'

export async function* cases(dir: string): AsyncGenerator<Case> {
  for (const file of filesIn(dir, '*.in')) {
    const name = file.replace(/\.in$/, '')
    yield { id: `alloy-fmt/${name}`, run: () => check(join(dir, name)) }
  }
}

function check(path: string): string | undefined {
  const diagnostics = new Diagnostics()
  const file = parseFile(createSource('', readFileSync(`${path}.in`)), diagnostics)
  const errors = diagnostics.list.map(describeDiagnostic).join('; ')
  if (existsSync(`${path}.error`)) {
    const expected = readFileSync(`${path}.error`, 'utf8').trimEnd()
    return errors.includes(expected) ? undefined : `${errors || 'no error'}, not ${expected}`
  }
  if (errors !== '') return errors
  return difference(formatFile(file), textOf(readFileSync(`${path}.expect`)).trimEnd())
}

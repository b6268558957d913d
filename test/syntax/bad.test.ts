// Broken files of test/fixtures/bad/syntax and their reports; UPDATE=1 accepts new ones.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import glob from 'fast-glob'
import { expect, it } from 'vitest'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { renderReport } from '../../src/syntax/report.ts'
import { createSource } from '../../src/syntax/source.ts'

const dir = fileURLToPath(new URL('../fixtures/bad/syntax/', import.meta.url))

it.each(glob.sync('*.alloy', { cwd: dir }).sort())('%s', (name) => {
  const diagnostics = new Diagnostics()
  parseFile(createSource(name, readFileSync(dir + name)), diagnostics)
  const report = renderReport(diagnostics.list)
  const golden = dir + name.replace(/\.alloy$/, '.report')
  if (process.env.UPDATE === '1') writeFileSync(golden, report)
  expect(existsSync(golden)).toBe(true)
  expect(report).toBe(readFileSync(golden, 'utf8'))
})

// A report as test runners write it: a suite for each configuration, a test for each finding.
// The format is that of test/cli/report/testdata/junit.xsd.

import type { Diagnostic } from '../../syntax/diagnostics.ts'
import { renderReport } from '../../syntax/report.ts'
import type { CheckedConfig, Findings } from './findings.ts'
import { placeOf } from './place.ts'
import { xmlAttributes, xmlText } from './xml.ts'

export function junitReport({ configs }: Findings): string {
  const suites = configs.map(suite)
  const totals = {
    name: 'alloyts validate',
    tests: configs.reduce((sum, { diagnostics }) => sum + Math.max(1, diagnostics.length), 0),
    failures: configs.reduce((sum, { diagnostics }) => sum + diagnostics.length, 0),
    errors: 0,
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites${xmlAttributes(totals)}>\n`,
    ...suites,
    '</testsuites>\n',
  ].join('')
}

function suite(config: CheckedConfig): string {
  const { path, diagnostics } = config
  const failures = diagnostics.length
  const attributes = { name: path, tests: Math.max(1, failures), failures, errors: 0, skipped: 0 }
  const valid = `    <testcase${xmlAttributes({ name: 'valid', classname: path })}/>\n`
  const cases = diagnostics.map((diagnostic) => failedCase(diagnostic, config))
  return [
    `  <testsuite${xmlAttributes(attributes)}>\n`,
    ...(failures === 0 ? [valid] : cases),
    '  </testsuite>\n',
  ].join('')
}

function failedCase(diagnostic: Diagnostic, { path, concealed }: CheckedConfig): string {
  const { code = 'alloyts', severity, message, span, hint } = diagnostic
  const place = span && placeOf(span)
  const where = place === undefined ? '' : ` ${place.file}:${place.line}:${place.column}`
  const file = place === undefined ? {} : { file: place.file, line: place.line }
  const advice = hint === undefined ? '' : `Hint: ${hint}\n`
  const text = xmlText(renderReport([diagnostic], undefined, concealed) + advice)
  return [
    `    <testcase${xmlAttributes({ name: `${code}${where}`, classname: path, ...file })}>\n`,
    `      <failure${xmlAttributes({ type: severity, message })}>${text}</failure>\n`,
    '    </testcase>\n',
  ].join('')
}

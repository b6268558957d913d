// Workflow commands of GitHub Actions, which show findings on the lines of a pull request.
// Source of the format: GitHub's page "Workflow commands for GitHub Actions".

import { allDiagnostics, type Findings } from './findings.ts'
import { placeOf } from './place.ts'

export function githubReport(findings: Findings): string {
  return allDiagnostics(findings)
    .map(({ severity, code = 'alloyts', message, span, hint }) => {
      const place = span && placeOf(span)
      const properties = {
        ...(place && {
          file: place.file,
          line: place.line,
          col: place.column,
          endLine: place.endLine,
          // GitHub ignores columns of what spans lines.
          endColumn: place.endColumn,
        }),
        title: code,
      }
      const list = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`)
      const text = hint === undefined ? message : `${message}\n${hint}`
      return `::${severity} ${list.join(',')}::${data(text)}\n`
    })
    .join('')
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(value: string | number): string {
  return data(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

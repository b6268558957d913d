// A code quality report of GitLab CI.
// Source of the format: GitLab's page "Code Quality", a subset of the Code Climate format.

import { createHash } from 'node:crypto'
import type { Diagnostic } from '../../syntax/diagnostics.ts'
import type { CheckedConfig, Findings } from './findings.ts'
import { placeOf } from './place.ts'

export function gitlabReport({ configs }: Findings): string {
  const seen = new Map<string, number>()
  const issues = configs.flatMap((config) => {
    return config.diagnostics.map((diagnostic) => issue(diagnostic, config, seen))
  })
  return `${JSON.stringify(issues, undefined, 2)}\n`
}

function issue(
  { severity, code = 'alloyts', message, span, hint }: Diagnostic,
  { path }: CheckedConfig,
  seen: Map<string, number>,
) {
  const place = span && placeOf(span)
  const file = (place?.file ?? path).replace(/^\.\//, '')
  // Without the line, so that a finding stays the same one when text before it changes.
  const identity = JSON.stringify([file, code, message])
  const occurrence = (seen.get(identity) ?? 0) + 1
  seen.set(identity, occurrence)
  const fingerprint = createHash('sha256').update(`${identity}${occurrence}`).digest('hex')
  return {
    description: hint === undefined ? message : `${message} ${hint}`,
    check_name: code,
    fingerprint,
    severity: severity === 'error' ? 'major' : 'minor',
    location: {
      path: file,
      lines: { begin: place?.line ?? 1, end: place?.endLine ?? 1 },
    },
  }
}

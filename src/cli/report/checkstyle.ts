// A report as Checkstyle writes it, which most tools of review read.

import type { Diagnostic } from '../../syntax/diagnostics.ts'
import type { Findings } from './findings.ts'
import { placeOf } from './place.ts'
import { xmlAttributes } from './xml.ts'

export function checkstyleReport({ configs }: Findings): string {
  // A directory is one configuration and several files; every configuration is named.
  const files = new Map<string, string[]>(configs.map(({ path }) => [path, []]))
  for (const { path, diagnostics } of configs) {
    for (const diagnostic of diagnostics) {
      const file = diagnostic.span?.source.name ?? path
      const errors = files.get(file) ?? []
      files.set(file, [...errors, error(diagnostic)])
    }
  }
  const parts = [...files].map(([name, errors]) => {
    const attributes = xmlAttributes({ name })
    if (errors.length === 0) return `  <file${attributes}/>\n`
    return `  <file${attributes}>\n${errors.join('')}  </file>\n`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<checkstyle version="4.3">\n',
    ...parts,
    '</checkstyle>\n',
  ].join('')
}

function error({ severity, code = 'alloyts', message, span, hint }: Diagnostic): string {
  const place = span && placeOf(span)
  const attributes = xmlAttributes({
    ...(place && { line: place.line, column: place.column }),
    severity,
    message: hint === undefined ? message : `${message}\n${hint}`,
    source: `alloyts.${code}`,
  })
  return `    <error${attributes}/>\n`
}

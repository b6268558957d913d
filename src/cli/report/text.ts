// The report for people. At depth `upstream` it is Alloy's, byte for byte.

import type { Diagnostic } from '../../syntax/diagnostics.ts'
import { type ReportColors, renderReport } from '../../syntax/report.ts'
import type { CheckedConfig, Findings } from './findings.ts'

/** Empty where there is nothing to say. */
export function textReport({ configs, depth }: Findings, colors?: ReportColors): string {
  const reports = configs
    .filter(({ diagnostics }) => diagnostics.length > 0)
    .map((config) => {
      if (depth !== 'upstream') return detailed(config, colors)
      return renderReport(config.diagnostics, colors, config.concealed)
    })
  return reports.join('\n')
}

/** With the codes of what only alloyts says, and with hints. */
function detailed({ diagnostics, concealed }: CheckedConfig, colors?: ReportColors): string {
  const each = (diagnostic: Diagnostic): string => {
    const { code = '', message, hint } = diagnostic
    if (code === 'unreadable') return `Error: ${message}\n`
    const tag = plainCodes.has(code) ? '' : ` [${code}]`
    const report = renderReport([{ ...diagnostic, message: message + tag }], colors, concealed)
    return hint === undefined ? report : `${report}Hint: ${hint}\n`
  }
  return diagnostics.map(each).join('\n')
}

/** Of what Alloy says itself. */
const plainCodes: ReadonlySet<string> = new Set(['', 'syntax', 'static'])

/** What was not looked into, in lines. */
export function textNotes({ configs }: Findings): string {
  return configs
    .flatMap(({ path, unread }) => {
      const where = configs.length === 1 ? '' : `${path}: `
      return unread.map((import_) => `${where}Import not read: ${import_}\n`)
    })
    .join('')
}

// Whether and how the report of a configuration is coloured.

import { Chalk } from 'chalk'
import type { ReportColors } from '../syntax/report.ts'

/** Decided by standard output, although the report goes to standard error, as Alloy does. */
export function reportColors(): ReportColors | undefined {
  const { NO_COLOR, TERM } = process.env
  if (!process.stdout.isTTY || NO_COLOR !== undefined || TERM === 'dumb') return undefined
  const chalk = new Chalk({ level: 1 })
  return { error: chalk.bold.red, warning: chalk.bold.yellow, bold: chalk.bold }
}

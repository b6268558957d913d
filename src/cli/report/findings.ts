// What `validate` has found, for the formats that print it.

import type { Rule } from '../../lint/rule.ts'
import type { Concealed } from '../../syntax/concealed.ts'
import type { Diagnostic } from '../../syntax/diagnostics.ts'
import type { Depth } from '../check_config.ts'

/** One configuration. */
export interface CheckedConfig {
  /** As it was named: a file, a directory, `<stdin>`. */
  readonly path: string
  readonly diagnostics: readonly Diagnostic[]
  readonly concealed: readonly Concealed[]
  readonly unread: readonly string[]
}

export interface Findings {
  readonly depth: Depth
  readonly configs: readonly CheckedConfig[]
  /** Of every code that was found. */
  readonly rules: readonly Rule[]
  readonly version: string
}

export function allDiagnostics({ configs }: Findings): readonly Diagnostic[] {
  return configs.flatMap(({ diagnostics }) => diagnostics)
}

/** `3 configurations: 2 errors, 1 warning in 2 of them`. */
export function summarizeFindings(findings: Findings): string {
  const { configs } = findings
  const all = allDiagnostics(findings)
  const checked = `${count(configs.length, 'configuration')}: `
  if (all.length === 0) return `${checked}no problems`
  const counts = (['error', 'warning'] as const).flatMap((severity) => {
    const found = all.filter((each) => each.severity === severity).length
    return found === 0 ? [] : [count(found, severity)]
  })
  const bad = configs.filter(({ diagnostics }) => diagnostics.length > 0).length
  const share = configs.length === 1 ? '' : ` in ${bad} of them`
  return `${checked}${counts.join(', ')}${share}`
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

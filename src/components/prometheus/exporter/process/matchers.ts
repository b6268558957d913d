// Which group a process belongs to, by the first rule that matches it.
// Source of the behaviour: process-exporter and its documentation.

import { quote } from '../../../../go/quote.ts'
import { compileRe2, type Re2 } from '../../../../go/re2.ts'
import { type NameFields, type NameTemplate, parseNameTemplate } from './name_template.ts'

export interface MatcherRule {
  readonly name: string
  readonly comm: readonly string[]
  readonly exe: readonly string[]
  readonly cmdline: readonly string[]
}

/** What is known of a process when its name is made. */
export interface NamedProcess {
  readonly pid: number
  readonly comm: string
  /** Empty for threads of the kernel. */
  readonly argv: readonly string[]
  readonly username: string
  /** As Go prints a time. */
  readonly startTime: string
  readonly cgroups: readonly string[]
}

interface Rule {
  readonly template: NameTemplate
  readonly comms: ReadonlySet<string> | undefined
  /** Base names, or paths where they hold a slash. */
  readonly exes: ReadonlySet<string> | undefined
  readonly cmdlines: readonly Re2[]
}

const defaultName = '{{.ExeBase}}'

export class Matchers {
  /** Whether any name tells the user or the control groups, which cost a read each. */
  readonly usesUsername: boolean
  readonly usesCgroups: boolean
  readonly #rules: readonly Rule[]

  /** Throws in the original's words what is wrong with a rule. */
  constructor(rules: readonly MatcherRule[]) {
    try {
      this.#rules = rules.map(compiled)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`process_names is invalid: ${reason}`, { cause: error })
    }
    const uses = new Set(this.#rules.flatMap(({ template }) => [...template.uses]))
    this.usesUsername = uses.has('Username')
    this.usesCgroups = uses.has('Cgroups')
  }

  /** The name of its group; undefined where no rule matches. */
  groupOf(process: NamedProcess): string | undefined {
    const exeFull = process.argv[0] || process.comm
    const exeBase = exeFull.slice(exeFull.lastIndexOf('/') + 1)
    const cmdline = process.argv.join(' ')
    for (const { cmdlines, comms, exes, template } of this.#rules) {
      if (comms !== undefined && !comms.has(process.comm)) continue
      if (exes !== undefined && !exes.has(exeFull) && !exes.has(exeBase)) continue
      const matches = capturesOf(cmdlines, cmdline)
      if (matches === undefined) continue
      return template.render(nameFields(process, { exeFull, exeBase, matches }))
    }
    return undefined
  }
}

function compiled({ cmdline, comm, exe, name }: MatcherRule): Rule {
  const cmdlines = cmdline.map((pattern) => {
    try {
      return compileRe2(pattern)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new Error(`bad cmdline regex ${quote(pattern)}: ${reason}`, { cause: error })
    }
  })
  const template = parseNameTemplate(name || defaultName)
  if (comm.length + exe.length + cmdline.length === 0) throw new Error('no matchers provided')
  return {
    template,
    cmdlines,
    comms: comm.length === 0 ? undefined : new Set(comm),
    exes: exe.length === 0 ? undefined : new Set(exe),
  }
}

/** Captures by name; undefined unless all patterns match. */
function capturesOf(
  patterns: readonly Re2[],
  cmdline: string,
): ReadonlyMap<string, string> | undefined {
  const captures = new Map<string, string>()
  for (const pattern of patterns) {
    const match = pattern.exec(cmdline)
    if (match === undefined) return undefined
    const names = new Map([...pattern.groupNames].map(([name, group]) => [group, name]))
    // The whole match and groups without a name share the empty one; the last of them stays.
    match.forEach((text, group) => captures.set(names.get(group) ?? '', text ?? ''))
  }
  return captures
}

function nameFields(
  process: NamedProcess,
  exe: { exeFull: string; exeBase: string; matches: ReadonlyMap<string, string> },
): NameFields {
  return {
    Comm: process.comm,
    ExeBase: exe.exeBase,
    ExeFull: exe.exeFull,
    Username: process.username,
    PID: process.pid,
    StartTime: process.startTime,
    Cgroups: process.cgroups,
    Matches: exe.matches,
  }
}

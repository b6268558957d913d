// Names of groups: templates of text and fields.
// Source of the behaviour: Go's text/template, of which names use fields, `index` and literals.

import { quote, unquote } from '../../../../go/quote.ts'
import { builtinFunctions, templateProblem } from '../../../../go/template_syntax.ts'

/** What a name may be made of. */
export interface NameFields {
  readonly Comm: string
  readonly ExeBase: string
  readonly ExeFull: string
  readonly Username: string
  readonly PID: number
  readonly StartTime: string
  readonly Cgroups: readonly string[]
  readonly Matches: ReadonlyMap<string, string>
}

export interface NameTemplate {
  readonly uses: ReadonlySet<string>
  render(fields: NameFields): string
}

type Value = NameFields[keyof NameFields] | undefined
type Part = (fields: NameFields) => string

const fieldNames: ReadonlySet<string> = new Set(
  'Comm ExeBase ExeFull Username PID StartTime Cgroups Matches'.split(' '),
)

/** The original's words for what our parser says in its own. */
const originalMessages: ReadonlyMap<string, string> = new Map([
  ['the action does not end', 'unclosed action'],
  ['the comment does not end', 'unclosed comment'],
])

const action = /\{\{(- )?([\s\S]*?)( -)?\}\}/g
const literal = /^(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`)$/
const fieldChain = /^\.([\p{L}_][\p{L}\p{Nd}_]*)(?:\.([\p{L}_][\p{L}\p{Nd}_]*))?$/u
const indexed = /^index\s+(\.[\p{L}_]+)\s+("(?:[^"\\\n]|\\.)*"|`[^`]*`|\d+)$/u

/** Throws in the original's words where the text is no template or uses what names cannot. */
export function parseNameTemplate(text: string): NameTemplate {
  const problem = templateProblem(text, builtinFunctions)
  if (problem !== undefined) {
    const { line } = problem
    const message = originalMessages.get(problem.message) ?? problem.message
    throw new Error(
      `bad name template ${quote(text)}: template: cmdname:${String(line)}: ${message}`,
    )
  }
  const uses = new Set<string>()
  const parts: Part[] = []
  let end = 0
  let trimsNext = false
  const addText = (raw: string, trimsEnd: boolean): void => {
    const start = trimsNext ? raw.trimStart() : raw
    const shown = trimsEnd ? start.trimEnd() : start
    if (shown !== '') parts.push(() => shown)
  }
  for (const match of text.matchAll(action)) {
    addText(text.slice(end, match.index), match[1] !== undefined)
    end = match.index + match[0].length
    trimsNext = match[3] !== undefined
    const inner = (match[2] ?? '').trim()
    if (!inner.startsWith('/*')) parts.push(partOf(inner, text, uses))
  }
  addText(text.slice(end), false)
  return { uses, render: (fields) => parts.map((part) => part(fields)).join('') }
}

function partOf(inner: string, text: string, uses: Set<string>): Part {
  const unable = (): never => {
    throw new Error(
      `bad name template ${quote(text)}: cannot run {{${inner}}}: names may hold ` +
        `fields, index and literals`,
    )
  }
  if (literal.test(inner)) {
    const shown = unquote(inner)
    return () => shown
  }
  const chain = fieldChain.exec(inner)
  if (chain !== null) {
    const [, name = '', key] = chain
    if (!fieldNames.has(name) || (key !== undefined && name !== 'Matches')) unable()
    uses.add(name)
    // A map has no value for a key that it lacks, which prints as a hint.
    if (key !== undefined) return ({ Matches }) => Matches.get(key) ?? '<no value>'
    return (fields) => shownValue(fields[name as keyof NameFields])
  }
  const call = indexed.exec(inner)
  const [, name = '', key = ''] = call ?? unable()
  uses.add(name.slice(1))
  if (name === '.Cgroups' && /^\d+$/.test(key)) return ({ Cgroups }) => Cgroups[Number(key)] ?? ''
  if (name !== '.Matches' || !literal.test(key)) unable()
  const wanted = unquote(key)
  return ({ Matches }) => Matches.get(wanted) ?? ''
}

function shownValue(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (value instanceof Map) {
    const keys = [...value.keys()].sort()
    return `map[${keys.map((key) => `${key}:${String(value.get(key))}`).join(' ')}]`
  }
  return `[${[...(value as readonly string[])].join(' ')}]`
}

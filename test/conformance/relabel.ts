// prom-relabel: rules over labels, and which rules are taken at all.

import { RelabelRules } from '../../src/components/common/relabel/rules.ts'
import { type RuleNames, relabelRule, ruleProblem } from '../../src/components/common/relabel.ts'
import { Scope } from '../../src/eval/scope.ts'
import { quote } from '../../src/go/quote.ts'
import { decodeBlock } from '../../src/schema/decode.ts'
import { schema } from '../../src/schema/schema.ts'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import { type Case, readTable } from './harness.ts'

type Labels = Readonly<Record<string, string>>
type Rule = Readonly<Record<string, unknown>>

interface Relabeling {
  readonly name: string
  readonly rules: readonly Rule[]
  readonly input: Labels
  readonly output?: Labels
  readonly dropped?: boolean
}

interface Validation {
  readonly name: string
  readonly rule: Rule
  readonly error_contains?: string
}

interface TargetLabel {
  readonly name: string
  readonly target_label: string
  readonly valid: boolean
}

export async function* cases(dir: string): AsyncGenerator<Case> {
  const tables = ['alloy', 'prometheus', 'loki-relabel']
  for (const table of tables) {
    for (const row of readTable<Relabeling>(dir, table)) {
      yield {
        id: `prom-relabel/${table}/${row.name}`,
        run: () => relabel(row, table === 'prometheus' ? 'utf8' : 'alloy'),
      }
    }
  }
  for (const table of ['alloy-validate', 'prometheus-validate']) {
    for (const row of readTable<Validation>(dir, table)) {
      yield { id: `prom-relabel/${table}/${row.name}`, run: () => validate(row) }
    }
  }
  for (const table of ['alloy-target-label', 'prometheus-target-label']) {
    for (const row of readTable<TargetLabel>(dir, table)) {
      yield { id: `prom-relabel/${table}/${row.name}`, run: () => targetLabel(row) }
    }
  }
}

function relabel(row: Relabeling, names: RuleNames): string | undefined {
  const { rules, input, output, dropped } = row
  const decoded = rules.map((rule) => decode(rule, names))
  const broken = decoded.find(({ problem }) => problem !== undefined)
  if (broken !== undefined) return broken.problem
  const args = decoded.flatMap((rule) => (rule.args === undefined ? [] : [rule.args]))
  const labels = new Map(Object.entries(input).filter(([, value]) => value !== ''))
  const isKept = new RelabelRules(args, { legacyNames: false }).apply(labels) && labels.size > 0
  const actual = isKept ? sorted(labels) : 'dropped'
  const wanted = Object.entries(output ?? {}).filter(([, value]) => value !== '')
  const expected = dropped ? 'dropped' : sorted(new Map(wanted))
  return actual === expected ? undefined : `${actual}, not ${expected}`
}

function sorted(labels: ReadonlyMap<string, string>): string {
  return JSON.stringify([...labels].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function validate({ rule, error_contains }: Validation): string | undefined {
  const { problem } = decode(rule, (rule.name_validation ?? 'alloy') as RuleNames) // of the table
  const isRight = error_contains === undefined ? !problem : problem?.includes(error_contains)
  return isRight ? undefined : `${problem}, not ${error_contains ?? 'valid'}`
}

function targetLabel({ target_label, valid }: TargetLabel): string | undefined {
  const { problem } = decode({ action: 'replace', target_label }, 'alloy')
  // A name without a template is checked when the rule runs.
  const isName = target_label.includes('$') || /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(target_label)
  const isValid = problem === undefined && isName
  return isValid === valid ? undefined : `${problem ?? 'valid'}`
}

/** Its check apart, which depends on the scheme of names. */
const uncheckedRule = schema(relabelRule.fields)

/** The rule as a block would hold it; an empty regex or replacement counts as absent. */
function decode(rule: Rule, names: RuleNames) {
  const body = Object.entries(rule)
    .filter(([name]) => name !== 'name_validation')
    .filter(([name, value]) => value !== '' || !['regex', 'replacement'].includes(name))
    .map(([name, value]) => `${name} = ${literal(value)}`)
    .join('\n')
  const diagnostics = new Diagnostics()
  const file = parseFile(createSource('', Buffer.from(body)), diagnostics)
  const { args, problems } = decodeBlock(uncheckedRule, { body: file.body }, Scope.empty)
  const problem = [...diagnostics.list, ...problems][0]?.message
  return { args, problem: problem ?? (args && ruleProblem(args, names)) }
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  return typeof value === 'string' ? quote(value) : String(value)
}

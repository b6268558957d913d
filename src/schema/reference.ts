// Reference pages, from declarations alone.

import type { BlockDeclaration, Declaration, Exported, Metrics } from './declaration.ts'
import { isRequired } from './decode.ts'
import { remarks } from './remarks.ts'
import type { Attribute, Field, Schema } from './schema.ts'
import { showValue } from './show.ts'

/** The page of a component, as Markdown with a newline at its end. */
export function componentPage(declaration: Declaration): string {
  const { name, summary, stability, community, delivery, requires, load } = declaration
  return page([
    `# ${name}`,
    summary,
    `Stability: ${community ? 'community' : stability}.`,
    load === undefined ? 'Known to `fmt` and `validate`; `run` refuses it for now.' : undefined,
    delivery && `Delivery: ${delivery}`,
    requires && `Needs: ${requires}`,
    ...schemaSections(declaration.arguments),
    ...exportsSection(declaration.exports),
    ...metricsSection(declaration.metrics),
  ])
}

/** The page of a configuration block. */
export function blockPage(declaration: BlockDeclaration): string {
  const { name, summary, stability, label, where, configurable } = declaration
  const places = { root: 'the main configuration', module: 'modules', any: 'any configuration' }
  return page([
    `# ${name}`,
    summary,
    `Stability: ${stability}. Allowed in ${places[where]}; label: ${label}.`,
    configurable === false ? 'Nobody may write this block.' : undefined,
    ...(declaration.arguments ? schemaSections(declaration.arguments) : []),
  ])
}

function page(parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`
}

function schemaSections(schema: Schema): string[] {
  const sections = fieldsSection('## Arguments', schema)
  const nested = nestedSections({ schema, path: '' })
  return nested.length === 0 ? sections : [...sections, '## Blocks', ...nested]
}

function fieldsSection(title: string, { fields, rest }: Schema): string[] {
  if (rest !== undefined) return [title, `Attributes of any name, each a \`${rest.name}\`.`]
  const rows = Object.entries(fields).flatMap(([name, field]) => {
    return field.kind === 'attribute' ? [attributeRow(name, field)] : []
  })
  const head = ['Name', 'Type', 'Description', 'Default', 'Required']
  return rows.length === 0 ? [] : [title, table(head, rows)]
}

function attributeRow(name: string, field: Attribute<unknown>): string[] {
  const { type, required, optionalValue, computed } = field
  const value = computed ?? (required || optionalValue ? undefined : showValue(field.default))
  const shown = value === undefined ? '' : code(value.replaceAll(/\s+/g, ' '))
  return [
    code(name),
    code(type.name),
    field.doc + remarks(field, markdown),
    shown,
    required ? 'yes' : 'no',
  ]
}

/** Of the blocks of `place`, whose own section is written already. */
function nestedSections(place: Place): string[] {
  return Object.entries(place.schema.fields).flatMap(([name, field]) => {
    if (field.kind === 'block') return blockSections(inside(place, name, field.schema), field)
    if (field.kind !== 'choice') return []
    return Object.entries(field.variants).flatMap(([variant, schema]) => {
      return blockSections(inside(place, `${name}.${variant}`, schema), field)
    })
  })
}

/** A block on the page. */
interface Place {
  readonly schema: Schema
  /** `endpoint > basic_auth`; empty for the component itself. */
  readonly path: string
  readonly around?: Place
}

function inside(around: Place, name: string, schema: Schema): Place {
  return { schema, path: around.path === '' ? name : `${around.path} > ${name}`, around }
}

/** The block further out that takes the same, where a block may hold its like. */
function likeOf({ schema, around }: Place): Place | undefined {
  for (let place = around; place !== undefined; place = place.around) {
    if (place.schema === schema) return place
  }
  return undefined
}

function blockSections(place: Place, field: Field): string[] {
  const { schema, path } = place
  const title = `### ${code(path)}`
  const repeated = field.kind === 'block' && field.occurs === 'repeated' ? ' May be repeated.' : ''
  const required = isRequired(field) ? ' Required.' : ''
  const about = field.doc + repeated + required + remarks(field, markdown)
  const like = likeOf(place)
  if (like !== undefined) return [title, about, `Takes what ${code(like.path)} takes.`]
  const [, ...own] = fieldsSection(title, schema)
  return [title, about, ...own, ...nestedSections(place)]
}

function exportsSection(exported: Exported): string[] {
  const rows = Object.entries(exported).map(([name, { type, doc }]) => {
    return [code(name), code(type.name), doc]
  })
  return rows.length === 0 ? [] : ['## Exports', table(['Name', 'Type', 'Description'], rows)]
}

function metricsSection(metrics: Metrics): string[] {
  const rows = Object.values(metrics).map(({ name, kind, labels, help }) => {
    return [code(name), kind, labels.map(code).join(', '), help]
  })
  const head = ['Name', 'Type', 'Labels', 'Description']
  return rows.length === 0 ? [] : ['## Metrics', table(head, rows)]
}

const markdown = { aside: (text: string) => `*${text}*`, code }

function code(text: string): string {
  return `\`${text}\``
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, head.map(() => '---'), ...rows]
  return cells
    .map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}

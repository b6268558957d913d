// The reference of a component in a terminal.

import type { BlockDeclaration, Declaration } from '../schema/declaration.ts'
import { isRequired } from '../schema/decode.ts'
import { remarks } from '../schema/remarks.ts'
import type { Attribute, Choice, Field, Schema, Variants } from '../schema/schema.ts'
import { showValue } from '../schema/show.ts'

export interface DocStyle {
  /** Columns. */
  readonly width: number
  readonly bold: (text: string) => string
}

const widthMin = 40
const indent = '  '

/** Text for `alloyts doc`, with a newline at its end. */
export function docPage(declared: Declaration | BlockDeclaration, style: DocStyle): string {
  const page = new Page(style)
  page.heading(declared.name)
  page.text(declared.summary)
  page.text(`Stability: ${stabilityOf(declared)}. ${standingOf(declared)}`.trim())
  if ('exports' in declared) {
    if (declared.platforms) page.text(`Platforms: ${declared.platforms.join(', ')}.`)
    if (declared.requires) page.text(`Needs: ${declared.requires}`)
    if (declared.delivery) page.text(`Delivery: ${declared.delivery}`)
  }
  if (declared.arguments) page.body(declared.arguments, 'Arguments', '')
  if ('exports' in declared) page.exports(declared.exports)
  return page.toString()
}

function stabilityOf(declared: Declaration | BlockDeclaration): string {
  return 'community' in declared && declared.community ? 'community' : declared.stability
}

function standingOf(declared: Declaration | BlockDeclaration): string {
  if (!('exports' in declared)) return ''
  return declared.load === undefined
    ? 'Known to fmt and validate; run refuses it for now.'
    : 'Runs.'
}

class Page {
  readonly #lines: string[] = []
  readonly #width: number
  readonly #bold: (text: string) => string
  /** Choices that the page is in, by their path: one may hold itself. */
  readonly #open = new Map<Schema, string>()

  constructor({ width, bold }: DocStyle) {
    this.#width = Math.max(width, widthMin)
    this.#bold = bold
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`
  }

  heading(text: string): void {
    if (this.#lines.length > 0) this.#lines.push('')
    this.#lines.push(this.#bold(text))
  }

  text(text: string): void {
    this.#lines.push(...wrapped(text, this.#width - indent.length).map((line) => indent + line))
  }

  /** Without a title it stands under the heading that is there. */
  body(schema: Schema, title: string | undefined, path: string): void {
    const fields = Object.entries(schema.fields)
    const attributes = fields.filter(([, field]) => field.kind === 'attribute')
    const hasOwn = schema.rest !== undefined || attributes.length > 0
    if (title !== undefined && hasOwn) this.heading(title)
    if (schema.rest !== undefined) {
      this.text(`Attributes of any name, each a ${schema.rest.name}.`)
    }
    for (const [name, field] of attributes) this.#attribute(name, field as Attribute<unknown>)
    for (const [name, field] of fields) {
      if (field.kind === 'block') this.#block(path + name, field, field.schema)
      else if (field.kind === 'choice') this.#choice(path + name, field)
    }
  }

  exports(exported: Declaration['exports']): void {
    const entries = Object.entries(exported)
    if (entries.length === 0) return
    this.heading('Exports')
    for (const [name, { type, doc }] of entries) this.#entry(name, type.name, doc)
  }

  #attribute(name: string, field: Attribute<unknown>): void {
    const { type, required, optionalValue, computed, default: value } = field
    const shown = computed ?? (required || optionalValue ? undefined : showValue(value))
    const preset = shown === undefined ? '' : `, default ${shown.replaceAll(/\s+/g, ' ')}`
    this.#entry(
      name,
      `${type.name}${required ? ', required' : preset}`,
      field.doc + remarks(field, plain),
    )
  }

  #entry(name: string, about: string, doc: string): void {
    this.#lines.push(`${indent}${this.#bold(name)}  ${about}`)
    const width = this.#width - 2 * indent.length
    this.#lines.push(...wrapped(doc, width).map((line) => indent + indent + line))
  }

  #block(path: string, field: Field, schema: Schema): void {
    this.heading(`Block ${path}`)
    const repeated =
      field.kind === 'block' && field.occurs === 'repeated' ? ' May be repeated.' : ''
    const required = isRequired(field) ? ' Required.' : ''
    this.text(`${field.doc}${repeated}${required}${remarks(field, plain)}`)
    this.body(schema, undefined, `${path} > `)
  }

  #choice(path: string, field: Choice<Variants>): void {
    const variants = Object.entries(field.variants)
    const above = this.#open.get(variants[0]![1])
    if (above !== undefined) {
      this.heading(`Blocks ${path}.*`)
      this.text(`${field.doc} The same as ${above}.*.`)
      return
    }
    for (const [, schema] of variants) this.#open.set(schema, path)
    for (const [variant, schema] of variants) this.#block(`${path}.${variant}`, field, schema)
    for (const [, schema] of variants) this.#open.delete(schema)
  }
}

const plain = { aside: (text: string) => text, code: (text: string) => text }

/** Words in lines of at most `width` characters, longer words apart. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

// Finds the secrets that are written in a configuration, by the declarations and, where these do
// not reach, by name. Reports must not repeat them.

import { quote, unquote } from '../go/quote.ts'
import { closest } from '../schema/closest.ts'
import { isCredentialKey, isCredentialName } from '../schema/credential_names.ts'
import { findField } from '../schema/decode.ts'
import { namesOf } from '../schema/hints.ts'
import type { Field, Fields, Schema } from '../schema/schema.ts'
import type { Type } from '../schema/type.ts'
import type { Concealed } from '../syntax/concealed.ts'
import type { Span } from '../syntax/source.ts'
import type {
  AttributeStatement,
  BlockStatement,
  CallExpression,
  Expression,
  File,
  Statement,
} from '../syntax/tree.ts'
import { childrenOf } from '../syntax/walk.ts'
import type { Catalog } from './catalog.ts'
import { looseSecrets, urlSecrets } from './loose_secrets.ts'

/** What no report may show of the files. Those that did not parse are read more suspiciously. */
export async function secretsOf(
  files: readonly File[],
  catalog: Catalog,
  didParse: boolean,
): Promise<Concealed[]> {
  const schemas = await schemasOf(files, catalog)
  const found = secretsIn(files, schemas)
  const loose = files.flatMap(({ source, comments }) => {
    if (!didParse) return looseSecrets(source)
    return comments.flat().flatMap(({ span }) => looseSecrets(source, span.start, span.end))
  })
  return [...found, ...loose, ...files.flatMap(({ source }) => urlSecrets(source))]
}

/** What instances of a module hand in is secret where the module uses it as one. */
function secretsIn(files: readonly File[], schemas: Schemas): readonly Concealed[] {
  const secretArguments = new Set<string>()
  for (;;) {
    const known = secretArguments.size
    const finder = new Finder(secretArguments)
    for (const { body } of files) finder.module(body, schemas)
    // Modules hand on what they get, so that one use may show others.
    if (secretArguments.size === known) return finder.found
  }
}

/** What messages about one block may not repeat. */
export function secretsOfBlock(schema: Schema, body: readonly Statement[]): Concealed[] {
  const finder = new Finder()
  finder.body(schema, body)
  return finder.found
}

type Schemas = ReadonlyMap<string, Schema>

async function schemasOf(files: readonly File[], catalog: Catalog): Promise<Schemas> {
  const names = new Set<string>()
  const visit = (statements: readonly Statement[]) => {
    for (const statement of statements) {
      if (statement.kind !== 'block') continue
      names.add(statement.name)
      if (modules.has(statement.name)) visit(statement.body)
    }
  }
  for (const { body } of files) visit(body)
  const schemas = new Map<string, Schema>()
  for (const name of names) {
    const declaration = catalog.block(name) ?? (await catalog.component(name))
    if (declaration?.arguments !== undefined) schemas.set(name, declaration.arguments)
  }
  return schemas
}

/** Blocks that hold components. */
const modules: ReadonlySet<string> = new Set(['declare', 'foreach', 'template'])

/** What these are called with are names, not secrets. */
const lookups: ReadonlySet<string> = new Set(['env', 'sys.env'])

/** What docs write where users put a secret. */
const placeholder = /^[A-Z_]+$/

class Finder {
  readonly found: Concealed[] = []
  /** `module/argument`, those that modules use as secrets; grows as they are found. */
  readonly #secretArguments: Set<string>
  /** The declare whose body is looked at. */
  #module = ''

  constructor(secretArguments = new Set<string>()) {
    this.#secretArguments = secretArguments
  }

  module(body: readonly Statement[], schemas: Schemas): void {
    for (const statement of body) {
      if (statement.kind === 'attribute') this.#unknown(statement)
      else if (modules.has(statement.name)) this.#inner(statement, schemas)
      else if (statement.name === 'argument' && this.#isSecretArgument(statement)) {
        this.#everything(statement.body)
      } else {
        const schema = schemas.get(statement.name)
        if (schema === undefined) this.#instance(statement)
        else this.body(schema, statement.body)
      }
    }
  }

  #inner({ body, label, name }: BlockStatement, schemas: Schemas): void {
    const outer = this.#module
    if (name === 'declare') this.#module = label
    this.module(body, schemas)
    this.#module = outer
  }

  #isSecretArgument({ label }: BlockStatement): boolean {
    return isCredentialName(label) || this.#secretArguments.has(`${this.#module}/${label}`)
  }

  #instance({ body, name }: BlockStatement): void {
    for (const statement of body) {
      const { kind } = statement
      if (kind === 'attribute' && this.#secretArguments.has(`${name}/${statement.name}`)) {
        this.#value(statement.value, true)
      } else this.body(undefined, [statement])
    }
  }

  body(schema: Schema | undefined, body: readonly Statement[]): void {
    for (const statement of body) {
      if (statement.kind === 'attribute') this.#attribute(schema, statement)
      else this.#block(schema, statement)
    }
  }

  #attribute(schema: Schema | undefined, statement: AttributeStatement): void {
    const { name, value } = statement
    const field = schema && fieldOf(schema, name)
    if (field?.kind === 'attribute') this.#value(value, isSecret(field.type))
    else if (schema?.rest !== undefined && isSecret(schema.rest)) this.#value(value, true)
    else this.#unknown(statement, schema?.fields)
  }

  #unknown({ name, value }: AttributeStatement, fields: Fields = {}): void {
    const meant = closest(name, namesOf(fields))
    const field = meant === undefined ? undefined : fields[meant]
    const isMeant = field?.kind === 'attribute' && isSecret(field.type)
    this.#value(value, isMeant || isCredentialName(name))
  }

  #block(schema: Schema | undefined, { name, body }: BlockStatement): void {
    const field = schema && fieldOf(schema, name)
    if (field?.kind === 'block') this.body(field.schema, body)
    else if (field?.kind === 'choice') {
      this.body(field.variants[name.slice(name.indexOf('.') + 1)], body)
    } else if (field?.kind === 'attribute' ? isSecret(field.type) : isCredentialName(name)) {
      this.#everything(body)
    } else this.body(undefined, body)
  }

  #everything(body: readonly Statement[]): void {
    for (const statement of body) {
      if (statement.kind === 'attribute') this.#value(statement.value, true)
      else this.#everything(statement.body)
    }
  }

  #value(expression: Expression, isSecret: boolean, isPublic = false): void {
    const each = (child: Expression, secret = isSecret) => this.#value(child, secret, isPublic)
    switch (expression.kind) {
      case 'literal':
        if (isSecret && expression.type === 'string') this.#literal(expression, isPublic)
        break
      case 'identifier':
        // One word that refers to nothing is a secret whose quotes were forgotten.
        if (isSecret && !placeholder.test(expression.name))
          this.found.push(concealed(expression.span, [expression.name], isPublic))
        break
      case 'object':
        for (const { name, value } of expression.fields) {
          each(value, isSecret || isCredentialKey(name.replaceAll('"', '')))
        }
        break
      case 'access':
        if (isSecret) this.#reference(nameOf(expression))
        if (expression.value.kind !== 'identifier') each(expression.value)
        break
      case 'index':
        each(expression.value)
        each(expression.index, false)
        break
      case 'call':
        this.#call(expression, isSecret, isPublic)
        break
      default:
        for (const child of childrenOf(expression)) each(child)
    }
  }

  #reference(name: string): void {
    const [, argument] = /^argument\.([^.]+)\.value$/.exec(name) ?? []
    if (argument !== undefined) this.#secretArguments.add(`${this.#module}/${argument}`)
  }

  #call({ callee, args }: CallExpression, isSecret: boolean, isPublic: boolean): void {
    const name = nameOf(callee)
    const isOpen = name === 'convert.nonsensitive' && !isSecret
    const areSecret = isOpen || (isSecret && !lookups.has(name))
    for (const arg of args) this.#value(arg, areSecret, isPublic || isOpen)
  }

  #literal({ span, text }: { span: Span; text: string }, isPublic: boolean): void {
    const { source, start, end } = span
    const isClosed = text.length > 1 && text.at(-1) === text[0]
    const inner = { source, start: start + 1, end: isClosed ? end - 1 : end }
    this.found.push(concealed(inner, spellings(text), isPublic))
  }
}

function concealed(span: Span, texts: readonly string[], isPublic: boolean): Concealed {
  return { span, texts, isPublic }
}

/** As written, as it reads, and as Go would quote it. */
function spellings(literal: string): string[] {
  const written = literal.replace(/^["`]|["`]$/g, '')
  try {
    const read = unquote(literal)
    return [written, read, quote(read).slice(1, -1)]
  } catch {
    return [written] // A literal that is broken, which is what the report says.
  }
}

function fieldOf({ fields }: Schema, name: string): Field | undefined {
  return findField(fields, name)[1]
}

function isSecret({ name, element }: Type<unknown>): boolean {
  return name === 'secret' || (element !== undefined && isSecret(element))
}

/** `sys.env`; empty where something else is called. */
function nameOf(callee: Expression): string {
  if (callee.kind === 'identifier') return callee.name
  if (callee.kind !== 'access') return ''
  const before = nameOf(callee.value)
  return before && `${before}.${callee.name}`
}

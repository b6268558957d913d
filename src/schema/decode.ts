// Decodes a block by its schema. Reports everything that is wrong with it, not only the first.
//
// Problems come in the order in which the original meets them: every statement as written, nested
// blocks whole, then what is missing, then the block's own check. The original stops at the first.

import { EvaluationError, ValueError } from '../eval/errors.ts'
import { evaluate, locate } from '../eval/evaluate.ts'
import type { Scope } from '../eval/scope.ts'
import type { Value } from '../eval/value.ts'
import type { Diagnostic } from '../syntax/diagnostics.ts'
import type { Span } from '../syntax/source.ts'
import type { AttributeStatement, BlockStatement, Expression, Statement } from '../syntax/tree.ts'
import { amend, argumentsOf, type Body, emptyBody, type Held, isKnown } from './body.ts'
import { describeField, suggestName } from './hints.ts'
import { knownArgumentsOf, UnknownArgument } from './known_arguments.ts'
import type {
  Attribute,
  Block,
  Choice,
  Decoded,
  Fail,
  Field,
  Fields,
  Occurs,
  Schema,
} from './schema.ts'
import { showValue } from './show.ts'
import type { Type } from './type.ts'

export interface Problem extends Diagnostic {
  /** Where the original knows no position and blames the whole component; `span` is ours. */
  readonly plain: boolean
}

export interface Decoding<F extends Fields> {
  /** Undefined when there are problems, or where they rest on what only a running one knows. */
  readonly args: Decoded<F> | undefined
  /** What the block holds; without problems all that it says, else what could be made of it. */
  readonly body: Body
  readonly problems: readonly Problem[]
}

/** What is decoded: a block, or a file that is taken for one. */
export interface BlockLike {
  readonly body: readonly Statement[]
  /** Where a problem of the whole is shown. */
  readonly nameSpan?: Span
}

/** Its label is not looked at: that of a component or configuration block is the loader's. */
export function decodeBlock<F extends Fields>(
  schema: Schema<F>,
  block: BlockLike,
  scope: Scope,
): Decoding<F> {
  const problems: Problem[] = []
  const body = new Decoder(scope, problems).block(schema, block)
  const isGood = problems.length === 0 && isKnown(body)
  return { args: isGood ? argumentsOf(schema, body) : undefined, body, problems }
}

/** As `decodeBlock`, with the label checked as that of a nested block is. */
export function decodeLabelledBlock<F extends Fields>(
  schema: Schema<F>,
  block: BlockStatement,
  scope: Scope,
): Decoding<F> {
  const problems: Problem[] = []
  const body = new Decoder(scope, problems).inner(schema, block)
  const isGood = problems.length === 0 && isKnown(body)
  return { args: isGood ? argumentsOf(schema, body) : undefined, body, problems }
}

/** A value decoded by itself; `undefined` when `problems` got one or it is not known yet. */
export function decodeExpression(
  type: Type<unknown>,
  expression: Expression,
  scope: Scope,
): { readonly value: Value } | { readonly problem: Problem } {
  try {
    return { value: type.normalize(evaluate(expression, scope)) }
  } catch (error) {
    return { problem: problemOf(error, expression, scope) }
  }
}

function problemOf(thrown: unknown, expression: Expression, scope: Scope): Problem {
  const error = thrown instanceof ValueError ? locate(thrown, expression, scope) : thrown
  if (!(error instanceof EvaluationError)) throw error
  const { message, span, value, isPlain } = error
  return {
    severity: 'error',
    message,
    span,
    plain: isPlain,
    ...(value !== undefined && { value: showValue(value) }),
  }
}

class Decoder {
  readonly #scope: Scope
  readonly #problems: Problem[]

  constructor(scope: Scope, problems: Problem[]) {
    this.#scope = scope
    this.#problems = problems
  }

  block(schema: Schema, block: BlockLike): Body {
    const before = this.#problems.length
    const given = new Given(block)
    const held = new Map(emptyBody(schema).held)
    const rest = new Map<string, Value>()
    for (const statement of block.body) {
      if (schema.rest) this.#anyStatement(schema.rest, statement, rest)
      else this.#statement(schema.fields, statement, held, given)
    }
    const body: Body = { schema, held, rest }
    this.#missing(schema, block, given)
    if (this.#problems.length > before) return body

    if (!isKnown(body)) {
      this.#checkKnown(schema, body, block, given)
      return body
    }
    const args = argumentsOf(schema, body)
    schema.check?.(args, this.#failing(block, given))
    if (this.#problems.length > before || schema.amend === undefined) return body
    return amend(body, schema.amend(args))
  }

  /** The check, as far as it asks for nothing that only a running component knows. */
  #checkKnown(schema: Schema, body: Body, block: BlockLike, given: Given): void {
    try {
      schema.check?.(knownArgumentsOf(schema, body), this.#failing(block, given))
    } catch (error) {
      if (!(error instanceof UnknownArgument)) throw error
    }
  }

  #failing(block: BlockLike, given: Given): Fail<Fields> {
    return (message, at) => {
      const field = at === undefined ? undefined : given.first(at)
      this.#plain(message, field?.nameSpan ?? block.nameSpan)
    }
  }

  #statement(fields: Fields, statement: Statement, held: Map<string, Held>, given: Given): void {
    const { kind, name, span } = statement
    const [fieldName, field] = findField(fields, name)
    if (field === undefined || field.kind === 'label') {
      this.#error(`unrecognized ${kind} name "${name}"`, span, suggestName(name, fields))
      return
    }
    if (kind === 'attribute') {
      if (field.kind === 'attribute') this.#attribute(field, statement, held, given)
      else {
        const message = `"${name}" must be a block, but is used as an attribute`
        this.#error(message, span, `Write ${name} { … }, without an equals sign.`)
      }
      given.add(fieldName, statement)
    } else if (field.kind === 'attribute') {
      const message = `"${name}" must be an attribute, but is used as a block`
      this.#error(message, span, `Write ${name} = …, with an equals sign.`)
      given.add(fieldName, statement)
    } else {
      given.add(fieldName, statement)
      if (field.kind === 'block') this.#nested(fieldName, field, statement, held, given)
      else this.#variant(fieldName, field, statement, held)
    }
  }

  #attribute(
    field: Attribute<unknown>,
    statement: AttributeStatement,
    held: Map<string, Held>,
    given: Given,
  ): void {
    const { name, value: expression, span } = statement
    if (given.first(name) !== undefined) {
      this.#error(`attribute "${name}" may only be provided once`, span)
      return
    }
    const result = decodeExpression(field.type, expression, this.#scope)
    if ('value' in result) held.set(name, { kind: 'attribute', value: result.value })
    else this.#problems.push({ ...result.problem, hint: describeField(name, field) })
  }

  /** A block that takes attributes of any name. */
  #anyStatement(type: Type<unknown>, statement: Statement, rest: Map<string, Value>): void {
    const { kind, name, span } = statement
    if (kind === 'block') {
      this.#error('nested blocks not supported here', span)
      return
    }
    if (rest.has(name)) {
      this.#error(`attribute "${name}" may only be provided once`, span)
      return
    }
    const result = decodeExpression(type, statement.value, this.#scope)
    if ('value' in result) rest.set(name, result.value)
    else this.#problems.push(result.problem)
  }

  #nested(
    name: string,
    field: Block<Fields, Occurs>,
    statement: BlockStatement,
    held: Map<string, Held>,
    given: Given,
  ): void {
    const count = given.count(statement.name)
    const isFirst = given.first(name) === statement
    if (field.exactly !== undefined && field.exactly !== count) {
      const message =
        `block "${name}" must be specified exactly ${field.exactly} times, but ` +
        `was specified ${count} times`
      if (isFirst) this.#error(message, statement.span)
      return
    }
    if (field.occurs !== 'repeated' && count > 1) {
      if (isFirst) this.#error(`block "${name}" may only be specified once`, statement.span)
      return
    }
    const body = this.inner(field.schema, statement)
    const before = held.get(name)
    const isLater = field.occurs === 'repeated' && !isFirst
    const others = isLater && before?.kind === 'block' ? before.bodies : []
    held.set(name, { kind: 'block', bodies: [...others, body] })
  }

  #variant(
    name: string,
    field: Choice<Record<string, Schema>>,
    statement: BlockStatement,
    held: Map<string, Held>,
  ): void {
    const variant = statement.name.slice(name.length + 1)
    const schema = field.variants[variant]
    if (schema === undefined) return // findField found the field by its variant
    const before = held.get(name)
    const entries = before?.kind === 'choice' ? before.entries : []
    const body = this.inner(schema, statement)
    held.set(name, { kind: 'choice', entries: [...entries, { variant, body }] })
  }

  inner(schema: Schema, statement: BlockStatement): Body {
    const { name, label, span, open } = statement
    const labelField = Object.entries(schema.fields).find(([, field]) => field.kind === 'label')
    const head = { ...span, end: open + 1 }
    if (labelField === undefined && label !== '') {
      this.#error(
        schema.rest
          ? `block "${name}" requires empty label`
          : `block "${name}" does not support specifying labels`,
        head,
      )
    } else if (labelField !== undefined && label === '') {
      this.#error(`block "${name}" requires non-empty label`, head, labelField[1].doc)
    }
    const body = this.block(schema, statement)
    if (labelField === undefined) return body
    const held = new Map(body.held).set(labelField[0], { kind: 'label', label })
    return { ...body, held }
  }

  #missing(schema: Schema, block: BlockLike, given: Given): void {
    for (const [name, field] of Object.entries(schema.fields)) {
      if (!isRequired(field) || given.first(name) !== undefined) continue
      const kind = field.kind === 'attribute' ? 'attribute' : 'block'
      const message = `missing required ${kind} "${name}"`
      this.#plain(message, block.nameSpan, describeField(name, field))
    }
  }

  #error(message: string, span: Span | undefined, hint?: string): void {
    this.#problems.push({ severity: 'error', message, span, hint, plain: false })
  }

  #plain(message: string, span: Span | undefined, hint?: string): void {
    this.#problems.push({ severity: 'error', message, span, hint, plain: true })
  }
}

/** What a block says, by field. */
class Given {
  readonly #first = new Map<string, Statement>()
  readonly #counts = new Map<string, number>()

  constructor({ body }: BlockLike) {
    for (const { kind, name } of body) {
      if (kind === 'block') this.#counts.set(name, this.count(name) + 1)
    }
  }

  add(field: string, statement: Statement): void {
    if (!this.#first.has(field)) this.#first.set(field, statement)
  }

  first(field: string): Statement | undefined {
    return this.#first.get(field)
  }

  /** How many blocks have this name. */
  count(name: string): number {
    return this.#counts.get(name) ?? 0
  }
}

/** The field that a statement belongs to. `stage.json` belongs to the choice `stage`. */
export function findField(fields: Fields, name: string): [string, Field | undefined] {
  const own = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (own !== undefined && own.kind !== 'choice') return [name, own]
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const prefix = name.slice(0, dot)
    const field = Object.hasOwn(fields, prefix) ? fields[prefix] : undefined
    if (field?.kind === 'choice' && Object.hasOwn(field.variants, name.slice(dot + 1))) {
      return [prefix, field]
    }
  }
  return [name, undefined]
}

export function isRequired(field: Field): boolean {
  if (field.kind === 'label') return false
  if (field.kind !== 'block') return field.required
  return field.occurs === 'required' || field.required === true
}

// The static check of a block: names, what is missing, and the types of literals. Nothing is
// evaluated that stands for a value of a running component, and the blocks' own checks do not run.

import { ValueError } from '../eval/errors.ts'
import { evaluate } from '../eval/evaluate.ts'
import { applyBinary, applyUnary } from '../eval/operators.ts'
import { Scope } from '../eval/scope.ts'
import { Unknown, type Value } from '../eval/value.ts'
import type { Diagnostics } from '../syntax/diagnostics.ts'
import type { Span } from '../syntax/source.ts'
import type { BlockStatement, Expression, Statement } from '../syntax/tree.ts'
import { findField, isRequired } from './decode.ts'
import { describeField, suggestName } from './hints.ts'
import type { Field, Fields, Schema } from './schema.ts'
import type { Type } from './type.ts'

/** Reports every problem, in the order of the text, what is missing after what is written. */
export function typecheckBlock(
  schema: Schema,
  block: BlockStatement,
  diagnostics: Diagnostics,
): void {
  typecheckBody(schema, block.body, block.span, diagnostics)
}

/** `whole` is where missing fields are reported. */
export function typecheckBody(
  schema: Schema,
  body: readonly Statement[],
  whole: Span,
  diagnostics: Diagnostics,
): void {
  const given = new Set<string>()
  for (const statement of body) {
    if (schema.rest !== undefined) {
      if (statement.kind === 'attribute') checkValue(schema.rest, statement.value, diagnostics)
      else diagnostics.error('nested blocks not supported here', statement.span)
      continue
    }
    const [name, field] = findField(schema.fields, statement.name)
    if (field === undefined) {
      const message = `unrecognized ${statement.kind} name "${statement.name}"`
      diagnostics.error(message, statement.span, suggestName(statement.name, schema.fields))
      continue
    }
    checkStatement(field, statement, { body, isRepeated: given.has(name) }, diagnostics)
    given.add(name)
  }
  reportMissing(schema.fields, given, whole, diagnostics)
}

function reportMissing(
  fields: Fields,
  given: ReadonlySet<string>,
  whole: Span,
  diagnostics: Diagnostics,
): void {
  for (const [name, field] of Object.entries(fields)) {
    if (!isRequired(field) || given.has(name)) continue
    const kind = field.kind === 'attribute' ? 'attribute' : 'block'
    diagnostics.error(`missing required ${kind} "${name}"`, whole, describeField(name, field))
  }
}

function checkStatement(
  field: Field,
  statement: Statement,
  around: { readonly body: readonly Statement[]; readonly isRepeated: boolean },
  diagnostics: Diagnostics,
): void {
  const { name, span } = statement
  if (statement.kind === 'attribute') {
    if (field.kind !== 'attribute') {
      const hint = `Write ${name} { … }, without an equals sign.`
      diagnostics.error(`"${name}" must be a block, but is used as an attribute`, span, hint)
    } else if (around.isRepeated) {
      diagnostics.error(`attribute "${name}" may only be provided once`, span)
    } else {
      checkValue(field.type, statement.value, diagnostics, describeField(name, field))
    }
    return
  }
  if (field.kind === 'attribute') {
    const hint = `Write ${name} = …, with an equals sign.`
    diagnostics.error(`"${name}" must be an attribute, but is used as a block`, span, hint)
    return
  }
  if (field.kind === 'choice') {
    const variant = statement.name.slice(statement.name.indexOf('.') + 1)
    const entry = Object.entries(field.variants).find(([key]) => name.endsWith(`.${key}`))
    const schema = field.variants[variant] ?? entry?.[1]
    if (schema !== undefined) typecheckBlock(schema, statement, diagnostics)
    return
  }
  if (field.kind === 'label') return
  const count = around.body.filter((other) => other.kind === 'block' && other.name === name).length
  if (field.exactly !== undefined && count !== field.exactly) {
    const message =
      `block "${name}" must be specified exactly ${field.exactly} times, but ` +
      `was specified ${count} times`
    diagnostics.error(message, span)
  } else if (field.exactly === undefined && field.occurs !== 'repeated' && count > 1) {
    diagnostics.error(`block "${name}" may only be specified once`, span)
  } else {
    typecheckBlock(field.schema, statement, diagnostics)
  }
}

/** Checks what an expression says literally; identifiers, calls and accesses are passed over. */
function checkValue(
  type: Type<unknown>,
  expression: Expression,
  diagnostics: Diagnostics,
  hint?: string,
): void {
  const { element } = type
  // The original does not look at what stands for a receiver in a list.
  if (element?.nullElement !== undefined && expression.kind === 'array') return
  if (expression.kind === 'paren') {
    checkValue(type, expression.value, diagnostics, hint)
  } else if (expression.kind === 'array' && type.word === 'array' && element !== undefined) {
    for (const each of expression.elements) checkValue(element, each, diagnostics, hint)
  } else if (expression.kind === 'object' && type.word === 'object' && element !== undefined) {
    for (const { value } of expression.fields) checkValue(element, value, diagnostics, hint)
  } else {
    checkWhole(type, expression, diagnostics, hint)
  }
}

function checkWhole(
  type: Type<unknown>,
  expression: Expression,
  diagnostics: Diagnostics,
  hint: string | undefined,
): void {
  const written = writtenValue(expression)
  if (written === undefined) return
  try {
    type.normalize(written.value())
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (error instanceof ValueError && error.value instanceof Unknown) return
    diagnostics.error(staticWording(error), written.span, hint)
  }
}

/** How to compute what is written, and where the original blames what is wrong with it. */
function writtenValue(expression: Expression): { value(): Value; span: Span } | undefined {
  const { span } = expression
  switch (expression.kind) {
    case 'literal':
    case 'array':
    case 'object':
      return { value: () => partial(expression), span }
    case 'unary': {
      const { operator, value } = expression
      if (!isLiteral(value)) return undefined
      return { value: () => applyUnary(operator, partial(value)), span: value.span }
    }
    case 'binary': {
      const { operator, left, right } = expression
      if (!isLiteral(left) || !isLiteral(right)) return undefined
      return { value: () => applyBinary(operator, partial(left), partial(right)), span }
    }
    default:
      return undefined
  }
}

function isLiteral(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return true
    case 'paren':
    case 'unary':
      return isLiteral(expression.value)
    case 'binary':
      return isLiteral(expression.left) && isLiteral(expression.right)
    case 'array':
      return expression.elements.every(isLiteral)
    case 'object':
      return expression.fields.every(({ value }) => isLiteral(value))
    default:
      return false
  }
}

/** The value, as far as it is written; what is not could be anything. */
function partial(expression: Expression): Value {
  switch (expression.kind) {
    case 'array':
      return expression.elements.map(partial)
    case 'object':
      return new Map(expression.fields.map(({ name, value }) => [name, partial(value)]))
    default:
      return isLiteral(expression) ? evaluate(expression, Scope.empty) : new Unknown('any')
  }
}

/** The static check says `expected string, got bool` where decoding says what it should be. */
function staticWording({ message }: Error): string {
  const parts = /^should be (\w+), got (\w+)$/.exec(message)
  return parts === null ? message : `expected ${parts[1]}, got ${parts[2]}`
}

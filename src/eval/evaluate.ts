// Computes expressions. An error names the nearest expression that gave the wrong value.

import { parseFloat64 } from '../go/float.ts'
import { quote, unquote } from '../go/quote.ts'
import { printExpression } from '../syntax/format.ts'
import type {
  AccessExpression,
  CallExpression,
  Expression,
  IndexExpression,
  LiteralExpression,
} from '../syntax/tree.ts'
import { isNumber, toArray, toInt } from './coerce.ts'
import {
  ArgumentError,
  CallError,
  describePath,
  EvaluationError,
  misfit,
  type Step,
  ValueError,
} from './errors.ts'
import { applyBinary, applyUnary } from './operators.ts'
import type { Scope } from './scope.ts'
import {
  Bytes,
  Capsule,
  FunctionValue,
  kindOf,
  type ObjectValue,
  Uint64,
  Unknown,
  type Value,
} from './value.ts'

/** Which expressions gave the elements of the arrays and objects that literals made. */
type Origins = Map<object, readonly (Expression | undefined)[] | ReadonlyMap<string, Expression>>

/** Throws an `EvaluationError`. The values that the scope gives are not copied. */
export function evaluate(expression: Expression, scope: Scope): Value {
  return compute(expression, scope, undefined)
}

/** The error of a value that an expression gave: the nearest expression, the path, the message. */
export function locate(error: ValueError, expression: Expression, scope: Scope): EvaluationError {
  const { nearest, path } = findNearest(expression, scope, error.path)
  const source = nearest === undefined ? '' : printExpression(nearest)
  const message = `${source}${describePath(path)} ${error.message}`
  return new EvaluationError(message, {
    value: error.value,
    ...(nearest !== undefined && { expression: nearest }),
  })
}

/**
 * Evaluates once more, which changes nothing, and follows the path into literals. A null belongs to
 * no expression, as in the original.
 */
function findNearest(
  expression: Expression,
  scope: Scope,
  path: readonly Step[],
): { nearest: Expression | undefined; path: readonly Step[] } {
  const origins: Origins = new Map()
  let value: Value | undefined = compute(expression, scope, origins)
  let nearest = value === null ? undefined : expression
  let from = 0
  for (let i = 0; i < path.length && value !== undefined; i++) {
    const step = path[i]!
    const origin: Expression | undefined = originOf(origins, value, step)
    value = elementOf(value, step)
    if (origin === undefined || value === null) continue
    nearest = origin
    from = i + 1
  }
  return { nearest, path: path.slice(from) }
}

function originOf(origins: Origins, container: Value, step: Step): Expression | undefined {
  const children = typeof container === 'object' && container ? origins.get(container) : undefined
  if (children instanceof Map) return children.get(String(step))
  return Array.isArray(children) ? children[Number(step)] : undefined
}

function elementOf(container: Value, step: Step): Value | undefined {
  if (Array.isArray(container)) return container[Number(step)]
  return objectOf(container)?.get(String(step))
}

function compute(expression: Expression, scope: Scope, origins: Origins | undefined): Value {
  switch (expression.kind) {
    case 'literal':
      return literal(expression)
    case 'identifier':
      return identifier(expression.name, expression, scope)
    case 'paren':
      return compute(expression.value, scope, origins)
    case 'array': {
      const array = expression.elements.map((element) => compute(element, scope, origins))
      origins?.set(array, expression.elements)
      return array
    }
    case 'object': {
      const object = new Map<string, Value>()
      for (const { name, value } of expression.fields) {
        object.set(name, compute(value, scope, origins))
      }
      origins?.set(object, new Map(expression.fields.map(({ name, value }) => [name, value])))
      return object
    }
    case 'access':
      return access(expression, compute(expression.value, scope, origins), scope)
    case 'index': {
      const value = compute(expression.value, scope, origins)
      return index(expression, value, compute(expression.index, scope, origins), scope)
    }
    case 'call':
      return call(expression, scope, origins)
    case 'unary': {
      const { operator, value } = expression
      const operand = compute(value, scope, origins)
      return blaming([value], scope, () => applyUnary(operator, operand))
    }
    case 'binary': {
      const { operator, left, right } = expression
      const operands = [compute(left, scope, origins), compute(right, scope, origins)] as const
      return blaming([left, right], scope, () => applyBinary(operator, ...operands))
    }
  }
}

function literal(expression: LiteralExpression): Value {
  const { type, text } = expression
  switch (type) {
    case 'null':
      return null
    case 'bool':
      return text === 'true'
    case 'string':
      return unquote(text)
    case 'float':
      return float(expression)
    case 'number':
      return integer(text) ?? float(expression)
  }
}

/** A leading zero makes it octal. What fits neither int64 nor uint64 is no integer. */
function integer(text: string): bigint | Uint64 | undefined {
  const isOctal = text.length > 1 && text.startsWith('0')
  if (isOctal && !/^[0-7]+$/.test(text)) return undefined
  const number = BigInt(isOctal ? `0o${text.slice(1)}` : text)
  if (number < 2n ** 63n) return number
  return number < 2n ** 64n ? new Uint64(number) : undefined
}

function float(expression: LiteralExpression): number {
  try {
    return parseFloat64(expression.text)
  } catch (error) {
    throw new EvaluationError((error as Error).message, { expression, isPlain: true })
  }
}

function identifier(name: string, expression: Expression, scope: Scope): Value {
  const value = scope.lookup(name)
  if (value !== undefined) return value
  throw new EvaluationError(`identifier ${quote(name)} does not exist`, { expression })
}

/** The object that a value is, or converts into. */
function objectOf(value: Value): ObjectValue | undefined {
  if (value instanceof Map) return value
  return value instanceof Capsule ? value.asObject?.() : undefined
}

function access(expression: AccessExpression, value: Value, scope: Scope): Value {
  const { name, nameSpan } = expression
  const object = objectOf(value)
  const known = value instanceof Unknown ? fieldOf(value, name) : object?.get(name)
  if (known !== undefined) return known
  const isObject = object !== undefined || (value instanceof Unknown && hasFields(value))
  if (isObject) throw new EvaluationError(`field ${quote(name)} does not exist`, { span: nameSpan })
  const message = `cannot access field ${quote(name)} on value of type ${kindOf(value)}`
  throw locate(new ValueError(message, value), expression.value, scope)
}

function hasFields({ kind }: Unknown): boolean {
  return kind === 'any' || kind === 'object' || kind === 'capsule'
}

function fieldOf(unknown: Unknown, name: string): Unknown | undefined {
  if (!hasFields(unknown)) return undefined
  return unknown.field === undefined ? new Unknown('any') : unknown.field(name)
}

function index(
  { value: container, index: step }: IndexExpression,
  value: Value,
  key: Value,
  scope: Scope,
): Value {
  const object = objectOf(value)
  const isUnknown = value instanceof Unknown
  if (
    object !== undefined ||
    (isUnknown && (value.kind === 'object' || value.kind === 'capsule'))
  ) {
    if (kindOf(key) === 'string' || kindOf(key) === 'any') {
      if (typeof key !== 'string') return new Unknown('any')
      return isUnknown ? (fieldOf(value, key) ?? null) : (object?.get(key) ?? null)
    }
    throw locate(misfit(key, 'string'), step, scope)
  }
  if (isUnknown && (value.kind === 'any' || value.kind === 'array')) {
    const fits = ['any', 'number', ...(value.kind === 'any' ? ['string'] : [])].includes(
      kindOf(key),
    )
    if (fits) return new Unknown('any')
    throw locate(misfit(key, value.kind === 'any' ? 'string' : 'number'), step, scope)
  }
  if (Array.isArray(value) || value instanceof Bytes) {
    return element(toArray(value), key, step, scope)
  }
  const message =
    value instanceof Capsule
      ? 'expected object or array or a capsule convertible to an object, got capsule'
      : `expected object or array, got ${kindOf(value)}`
  throw locate(new ValueError(message, value), container, scope)
}

function element(array: readonly Value[], key: Value, step: Expression, scope: Scope): Value {
  if (key instanceof Unknown && (key.kind === 'any' || key.kind === 'number')) {
    return new Unknown('any')
  }
  if (!isNumber(key)) throw locate(misfit(key, 'number'), step, scope)
  const i = Number(toInt(key, 64))
  const value = array[i]
  if (value !== undefined) return value
  const message = `index ${i} is out of range of array with length ${array.length}`
  throw locate(new ValueError(message, key), step, scope)
}

function call(expression: CallExpression, scope: Scope, origins: Origins | undefined): Value {
  const callee = compute(expression.callee, scope, origins)
  const isKnown = callee instanceof FunctionValue
  if (!isKnown && kindOf(callee) !== 'any' && kindOf(callee) !== 'function') {
    throw locate(misfit(callee, 'function'), expression.callee, scope)
  }
  const args = expression.args.map((arg) => compute(arg, scope, origins))
  if (!isKnown) return new Unknown('any')
  try {
    const result = blaming(expression.args, scope, () => callee.call(args))
    if (callee.concatenates && Array.isArray(result)) {
      origins?.set(
        result,
        args.flatMap((arg) => elementOrigins(origins, arg)),
      )
    }
    return result
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    const message = `${printExpression(expression.callee)} ${error.message}`
    throw new EvaluationError(message, { expression: expression.callee, value: callee })
  }
}

function elementOrigins(origins: Origins | undefined, array: Value): (Expression | undefined)[] {
  if (!Array.isArray(array)) return []
  const known = origins?.get(array)
  return Array.isArray(known) ? [...known] : array.map(() => undefined)
}

/** Runs what takes the values of these expressions, and tells whose value is wrong. */
function blaming(expressions: readonly Expression[], scope: Scope, run: () => Value): Value {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error
    throw locate(error.cause, expressions[error.index]!, scope)
  }
}

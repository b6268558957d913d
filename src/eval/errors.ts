// Errors of values and expressions. The first is thrown where a value does not fit and knows only
// the way from there; the second also knows which expression gave the value.

import type { Expression } from '../syntax/tree.ts'
import { kindOf, type Value } from './value.ts'

/** A key of an object or an index of an array. */
export type Step = string | number

export class ValueError extends Error {
  /** From the value that was being converted to the offending one, outermost first. */
  readonly path: readonly Step[]
  /** The offending one, at the end of the path. */
  readonly value: Value

  constructor(message: string, value: Value, path: readonly Step[] = []) {
    super(message)
    this.value = value
    this.path = path
  }

  /** The same error seen from a container of the value. */
  inside(step: Step): ValueError {
    return new ValueError(this.message, this.value, [step, ...this.path])
  }
}

/** The error of a value of the wrong kind; `expected` is a kind or `capsule("TYPE")`. */
export function misfit(value: Value, expected: string): ValueError {
  return new ValueError(`should be ${expected}, got ${kindOf(value)}`, value)
}

/** Runs `convert` and tells an error of its value from outside. */
export function within<T>(step: Step, convert: () => T): T {
  try {
    return convert()
  } catch (error) {
    throw error instanceof ValueError ? error.inside(step) : error
  }
}

/** `.object.field1[2]`. */
export function describePath(path: readonly Step[]): string {
  return path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
}

/** An argument of a function, or an operand, that does not fit. */
export class ArgumentError extends Error {
  readonly index: number
  override readonly cause: ValueError

  constructor(index: number, cause: ValueError) {
    super(cause.message)
    this.index = index
    this.cause = cause
  }
}

/** Errors of the argument's value become errors of the argument; others stay. */
export function blameArgument(index: number, error: unknown): unknown {
  return error instanceof ValueError ? new ArgumentError(index, error) : error
}

/** What a function says of arguments that fit but make no sense; shown behind the callee's text. */
export class CallError extends Error {}

/** `message` is what the original shows behind the position. */
export class EvaluationError extends Error {
  /** Absent where the original knows no position: what is wrong is a null. */
  readonly expression?: Expression
  readonly span?: Expression['span']
  /** The inner value that is wrong. */
  readonly value?: Value
  /** Whether the original reports it without a position, though there is one. */
  readonly isPlain: boolean

  constructor(
    message: string,
    options: {
      expression?: Expression
      span?: Expression['span']
      value?: Value
      isPlain?: boolean
    } = {},
  ) {
    super(message)
    this.isPlain = options.isPlain ?? false
    if (options.expression !== undefined) this.expression = options.expression
    const span = options.span ?? options.expression?.span
    if (span !== undefined) this.span = span
    if (options.value !== undefined) this.value = options.value
  }
}

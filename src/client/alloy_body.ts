// Arguments, exports and debug info as the API gives them, and as Alloy text.
// Source of the encoding: alloy/syntax/encoding/alloyjson.

import { ClientError } from './client_error.ts'
import { fieldsOf } from './json_fields.ts'

export type BodyStatement = BodyAttribute | BodyBlock

export interface BodyAttribute {
  readonly name: string
  readonly type: 'attr'
  readonly value: BodyValue
}

export interface BodyBlock {
  /** `rule`, or `stage.json`. */
  readonly name: string
  readonly type: 'block'
  readonly label?: string
  readonly body: readonly BodyStatement[]
}

export type BodyValue =
  | { readonly type: 'null'; readonly value: null }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'string' | 'function' | 'capsule'; readonly value: string }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'array'; readonly value: readonly BodyValue[] }
  | { readonly type: 'object'; readonly value: readonly BodyEntry[] }

export interface BodyEntry {
  readonly key: string
  readonly value: BodyValue
}

/** Deeper nesting is refused: 64 levels. */
const depthMax = 64

/** Throws a ClientError where it is no body. */
export function parseBody(json: unknown, depth = 0): readonly BodyStatement[] {
  if (json === undefined || json === null) return []
  if (!Array.isArray(json) || depth > depthMax) throw misshapen('a body')
  return json.map((each) => parseStatement(each, depth))
}

function parseStatement(json: unknown, depth: number): BodyStatement {
  const { body, label, name, type, value } = fieldsOf(json)
  if (typeof name !== 'string') throw misshapen('a statement')
  if (type === 'attr') return { name, type, value: parseValue(value, depth + 1) }
  if (type !== 'block') throw misshapen('a statement')
  const shown = typeof label === 'string' && label !== '' ? { label } : {}
  return { name, type, ...shown, body: parseBody(body, depth + 1) }
}

function parseValue(json: unknown, depth: number): BodyValue {
  const { type, value } = fieldsOf(json)
  if (depth > depthMax) throw misshapen('a value')
  if (type === 'null') return { type, value: null }
  if (type === 'number' && typeof value === 'number') return { type, value }
  if (type === 'bool' && typeof value === 'boolean') return { type, value }
  if (type === 'string' || type === 'function' || type === 'capsule') {
    if (typeof value === 'string') return { type, value }
  }
  if (type === 'array' && (Array.isArray(value) || value === null)) {
    return { type, value: (value ?? []).map((each) => parseValue(each, depth + 1)) }
  }
  if (type === 'object' && (Array.isArray(value) || value === null)) {
    return { type, value: (value ?? []).map((each) => parseEntry(each, depth + 1)) }
  }
  throw misshapen('a value')
}

function parseEntry(json: unknown, depth: number): BodyEntry {
  const { key, value } = fieldsOf(json)
  if (typeof key !== 'string') throw misshapen('a field')
  return { key, value: parseValue(value, depth) }
}

function misshapen(what: string): ClientError {
  return new ClientError('shape', `the answer holds what should be ${what}, but is none`)
}

/** Undefined where there is none of that name. */
export function attributeOf(body: readonly BodyStatement[], name: string): BodyValue | undefined {
  for (const each of body) if (each.type === 'attr' && each.name === name) return each.value
  return undefined
}

/** The text of a string or capsule; empty for anything else. */
export function textOf(value: BodyValue | undefined): string {
  const isText = value?.type === 'string' || value?.type === 'capsule'
  return isText ? value.value : ''
}

/** Lines of Alloy text, without an end of line, two spaces a level. */
export function bodyLines(body: readonly BodyStatement[], indent = ''): string[] {
  const attributes = body.filter((each) => each.type === 'attr')
  const width = Math.max(0, ...attributes.map(({ name }) => name.length))
  return body.flatMap((each) => {
    if (each.type === 'attr') {
      const [first = '', ...rest] = valueLines(each.value, indent)
      return [`${indent}${each.name.padEnd(width)} = ${first}`, ...rest]
    }
    const label = each.label === undefined ? '' : ` ${JSON.stringify(each.label)}`
    const head = `${indent}${each.name}${label} {`
    if (each.body.length === 0) return [`${head} }`]
    return [head, ...bodyLines(each.body, `${indent}  `), `${indent}}`]
  })
}

/** The longest list or object that is written on one line. */
const inlineLengthMax = 60

function valueLines(value: BodyValue, indent: string): string[] {
  const inline = inlineValue(value)
  if (inline.length <= inlineLengthMax) return [inline]
  const deeper = `${indent}  `
  if (value.type === 'array') {
    const items = value.value.flatMap((each) => withComma(valueLines(each, deeper), deeper))
    return ['[', ...items, `${indent}]`]
  }
  if (value.type === 'object') {
    const items = value.value.flatMap(({ key, value: each }) => {
      return withComma(valueLines(each, deeper), `${deeper}${keyText(key)} = `)
    })
    return ['{', ...items, `${indent}}`]
  }
  return [inline]
}

function withComma([first = '', ...rest]: string[], before: string): string[] {
  const lines = [before + first, ...rest]
  lines[lines.length - 1] += ','
  return lines
}

/** On one line, however long. */
export function inlineValue(value: BodyValue): string {
  switch (value.type) {
    case 'null':
    case 'number':
    case 'bool':
      return String(value.value)
    case 'string':
      return JSON.stringify(value.value)
    case 'array':
      return `[${value.value.map(inlineValue).join(', ')}]`
    case 'object': {
      if (value.value.length === 0) return '{}'
      const fields = value.value.map((each) => `${keyText(each.key)} = ${inlineValue(each.value)}`)
      return `{ ${fields.join(', ')} }`
    }
    case 'function':
    case 'capsule':
      return value.value
  }
}

function keyText(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)
}

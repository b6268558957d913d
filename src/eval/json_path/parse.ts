// JSONPath as the ojg library reads it: `$` is optional, `.a`, `['a b']`, `[1]`, `[1:3]`,
// `[0,'x']`, `*`, `..` and filters such as `[?(@.a > 1 && @.b in ["x", "y"])]`.

import type { Value } from '../value.ts'
import { Reader } from './reader.ts'
import { regexpMatcher } from './regexp.ts'
import type { Condition, Fragment, Path } from './tree.ts'

/** Throws an `Error` in the library's words: `not terminated at 2 in [`. */
export function parsePath(text: string): Path {
  const reader = new Reader(text)
  const path = readPath(reader)
  if (!reader.atEnd()) throw reader.error('parse error')
  return path
}

/** Reads until something that cannot go on with a path. */
function readPath(reader: Reader): Path {
  const path: Fragment[] = []
  for (;;) {
    const fragment = readFragment(reader, path.at(-1))
    if (fragment === undefined) return path
    path.push(fragment)
  }
}

function readFragment(reader: Reader, before: Fragment | undefined): Fragment | undefined {
  const char = reader.peek()
  const isFirst = before === undefined
  if (isFirst && (char === '$' || char === '@')) {
    reader.next()
    return { kind: char === '$' ? 'root' : 'current' }
  }
  switch (char) {
    case '.':
      reader.next()
      return afterDot(reader)
    case '*':
      reader.next()
      return { kind: 'wildcard' }
    case '[':
      reader.next()
      return afterBracket(reader)
  }
  const goesOn = isFirst || before.kind === 'descent'
  return goesOn && Reader.isName(char) ? readName(reader) : undefined
}

function afterDot(reader: Reader): Fragment {
  if (reader.atEnd()) throw reader.error('not terminated')
  const char = reader.peek()
  if (char === '*' || char === '.') {
    reader.next()
    return { kind: char === '*' ? 'wildcard' : 'descent' }
  }
  if (Reader.isName(char)) return readName(reader)
  reader.next()
  throw reader.error(`an expression fragment can not start with a '${char}'`)
}

function readName(reader: Reader): Fragment {
  return { kind: 'pick', keys: [reader.takeName()] }
}

function afterBracket(reader: Reader): Fragment {
  if (reader.atEnd()) throw reader.error('not terminated')
  const char = reader.nextVisible()
  if (char === '*') {
    if (reader.nextVisible() !== ']') throw reader.error('not terminated')
    return { kind: 'wildcard' }
  }
  if (char === "'" || char === '"') return readUnion(reader, reader.takeString(char))
  if (char === '?') return { kind: 'filter', condition: parseFilter(reader) }
  if (char === ':') return readSlice(reader, 0)
  if (char === '(') throw reader.error('scripts not implemented yet')
  if (/[-0-9]/.test(char)) {
    const first = reader.takeInteger(char)
    if (reader.peekVisible() !== ':') return readUnion(reader, first)
    reader.nextVisible()
    return readSlice(reader, first)
  }
  reader.back()
  throw reader.error('parse error')
}

/** After the first key: `]`, or a comma and more keys. */
function readUnion(reader: Reader, first: string | number): Fragment {
  const keys = [first]
  for (;;) {
    const message = keys.length === 1 ? 'invalid bracket fragment' : 'invalid union syntax'
    if (reader.atEnd()) throw reader.error(keys.length === 1 ? 'expected a number' : message)
    const char = reader.nextVisible()
    if (char === ']') return { kind: 'pick', keys }
    if (char !== ',') throw reader.error(message)
    if (reader.atEnd()) throw reader.error('not terminated')
    const start = reader.nextVisible()
    if (start === "'" || start === '"') keys.push(reader.takeString(start))
    else if (/[-0-9]/.test(start)) keys.push(reader.takeInteger(start))
    else throw reader.error('invalid union syntax')
  }
}

/** After the first colon. Both the end and the step may be missing. */
function readSlice(reader: Reader, from: number): Fragment {
  const to = readBound(reader)
  let step: number | undefined
  if (reader.peekVisible() === ':') {
    reader.nextVisible()
    step = readBound(reader)
  }
  if (reader.nextVisible() !== ']') throw reader.error('invalid slice syntax')
  return { kind: 'slice', from, step: step ?? 1, ...(to !== undefined && { to }) }
}

function readBound(reader: Reader): number | undefined {
  if (reader.atEnd()) throw reader.error('not terminated')
  const char = reader.peekVisible()
  if (char === ']' || char === ':') return undefined
  return reader.takeInteger(reader.nextVisible())
}

/** Tighter ones first. */
const precedence: readonly (readonly string[])[] = [
  ['*', '/'],
  ['+', '-'],
  ['==', '!=', '<', '>', '<=', '>=', '=~', '~=', 'in', 'empty', 'has', 'exists'],
  ['&&'],
  ['||'],
]

const functions = ['length', 'count', 'match', 'search']

/** After the question mark; reads the closing bracket. */
function parseFilter(reader: Reader): Condition {
  if (reader.atEnd()) throw reader.error('not terminated')
  const condition = readCondition(reader)
  if (reader.peekVisible() !== ']') throw reader.error('not terminated')
  reader.next()
  return condition
}

/** Operands and operators in turn, grouped afterwards. */
function readCondition(reader: Reader): Condition {
  const operands = [readOperand(reader)]
  const operators: string[] = []
  while (!reader.atEnd() && !/^[,)\]]?$/.test(reader.peekVisible())) {
    operators.push(readOperator(reader))
    operands.push(readOperand(reader))
  }
  for (const level of precedence) {
    for (let i = 0; i < operators.length; ) {
      const operator = operators[i]!
      if (!level.includes(operator)) {
        i++
        continue
      }
      const [left, right] = operands.slice(i, i + 2) as [Condition, Condition]
      operands.splice(i, 2, { kind: 'operation', operator, left, right })
      operators.splice(i, 1)
    }
  }
  return operands[0]!
}

function readOperator(reader: Reader): string {
  const known = precedence.flat().sort((a, b) => b.length - a.length)
  const operator = known.find((candidate) => reader.startsWith(candidate))
  const symbols = reader.take(/[!&*+\-/<=>|~]+|[a-z]+/y)
  if (reader.atEnd()) throw reader.error('equation not terminated')
  if (operator === undefined || !isComplete(operator, symbols)) {
    throw reader.error(`'${symbols || reader.peek()}' is not a valid operation`)
  }
  for (let i = operator.length; i < symbols.length; i++) reader.back()
  return operator
}

/** A minus behind an operator is the sign of the number that follows, a bang a negation. */
function isComplete(operator: string, symbols: string): boolean {
  return operator === symbols || /^[-!/]$/.test(symbols.slice(operator.length))
}

function readOperand(reader: Reader): Condition {
  const char = reader.peekVisible()
  if (/^[-0-9]$/.test(char)) return { kind: 'value', value: readNumber(reader) }
  switch (char) {
    case '!':
      reader.next()
      return { kind: 'not', operand: readOperand(reader) }
    case "'":
    case '"':
      reader.next()
      return { kind: 'value', value: reader.takeString(char) }
    case 'n':
      return constant(reader, 'null', { kind: 'value', value: null })
    case 'N':
      return constant(reader, 'Nothing', { kind: 'nothing' })
    case 't':
      return constant(reader, 'true', { kind: 'value', value: true })
    case 'f':
      return constant(reader, 'false', { kind: 'value', value: false })
    case '@':
    case '$':
      return { kind: 'path', path: readPath(reader) }
    case '(':
      return readGroup(reader)
    case '[':
      reader.next()
      return { kind: 'value', value: readList(reader) }
    case '/':
      reader.next()
      return readRegexp(reader)
  }
  const name = functions.find((candidate) => candidate[0] === char)
  if (name !== undefined) return readCall(reader, name)
  throw reader.error('expected a value')
}

function readGroup(reader: Reader): Condition {
  reader.next()
  if (reader.atEnd()) throw reader.error('not terminated')
  const condition = readCondition(reader)
  if (reader.peekVisible() !== ')') throw reader.error('not terminated')
  reader.next()
  return condition
}

function constant(reader: Reader, word: string, condition: Condition): Condition {
  for (const char of word) {
    if (reader.peek() !== char) throw reader.error(`expected ${word}`)
    reader.next()
  }
  return condition
}

function readNumber(reader: Reader): Value {
  const text = reader.take(/-?\d*(\.\d*)?([eE][-+]?\d*)?/y)
  if (/[eE][-+]?$/.test(text)) throw reader.error('expected a number')
  if (/^-?\d+$/.test(text)) return BigInt.asIntN(64, BigInt(text))
  if (text === '-') throw reader.error('strconv.ParseInt: parsing "-": invalid syntax')
  return Number(text)
}

function readList(reader: Reader): readonly Value[] {
  const list: Value[] = []
  while (!reader.atEnd()) {
    const operand = readOperand(reader)
    if (operand.kind === 'value') list.push(operand.value)
    const char = reader.nextVisible()
    if (char === ']') break
    if (char !== ',') throw reader.error('expected a comma or an array close')
  }
  return list
}

function readRegexp(reader: Reader): Condition {
  const pattern = reader.take(/(?:[^/\\]|\\[\s\S])*/y)
  reader.next()
  return { kind: 'regexp', matches: compile(reader, pattern) }
}

function compile(reader: Reader, pattern: string): (text: string) => boolean {
  try {
    return regexpMatcher(pattern)
  } catch (error) {
    throw reader.error((error as Error).message)
  }
}

function readCall(reader: Reader, name: string): Condition {
  if (!reader.startsWith(`${name}(`)) throw reader.error(`expected a ${name} function`)
  for (let i = 0; i <= name.length; i++) reader.next()
  const args = [readCondition(reader)]
  if (reader.peekVisible() === ',') {
    reader.next()
    args.push(readCondition(reader))
  }
  if (reader.peekVisible() !== ')') throw reader.error('not terminated')
  reader.next()
  return { kind: 'call', name, args }
}

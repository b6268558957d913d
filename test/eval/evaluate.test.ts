import { describe, expect, it } from 'vitest'
import { EvaluationError, ValueError } from '../../src/eval/errors.ts'
import { evaluate, locate } from '../../src/eval/evaluate.ts'
import { Scope } from '../../src/eval/scope.ts'
import { OptionalSecret, Secret } from '../../src/eval/secret.ts'
import { Capsule, Uint64, type Value } from '../../src/eval/value.ts'
import { bytesOf } from '../../src/go/text.ts'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseExpression } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import { evaluateText } from './expression.ts'

const target = new Capsule('discovery.Target', {}, { asObject: () => new Map([['job', 'x']]) })
const scope = {
  m: new Map<string, Value>([
    ['a', 1n],
    ['n', null],
  ]),
  sec: new Secret('s'),
  hidden: new OptionalSecret('h', true),
  visible: new OptionalSecret('v', false),
  target,
  receiver: new Capsule('storage.Appendable', {}),
}

const values: readonly [string, string, Value][] = [
  ['a leading zero makes octal', '010', 8n],
  ['unless a digit is none', '08', 8],
  ['what exceeds an int64 is unsigned', '9223372036854775808', new Uint64(2n ** 63n)],
  ['integers wrap', '9223372036854775807 + 1', -(2n ** 63n)],
  ['division truncates', '-7 / 2', -3n],
  ['a float makes floats', '7 / 2.0', 3.5],
  ['a negative exponent gives the base', '2 ^ -1', 2n],
  ['huge exponents end', '3 ^ 9223372036854775807', 12297829382473034411n - 2n ** 64n],
  ['minus belongs to the operand of a power', '-2 ^ 2', 4n],
  ['minus makes an unsigned number signed', '-18446744073709551615', 1n],
  ['numbers of all kinds compare', '1 == 1.0 && 2 > 1.5', true],
  ['mixed integers compare as int64', '18446744073709551615 == -1', true],
  ['strings compare by bytes', '"\\uffff" < "\\U0001F600"', true],
  ['arrays are equal by element', '[1, {a = 2}] == [1.0, {a = 2}]', true],
  ['a secret equals its text', 'sec == "s"', true],
  ['not so another kind of secret', 'sec == hidden', false],
  ['functions equal nothing', 'coalesce == coalesce', false],
  ['a missing key by index is null', 'm["zz"]', null],
  ['an index is truncated', '[1, 2][1.9]', 2n],
  ['capsules may read as objects', 'target.job + target["job"]', 'xx'],
  ['the last of equal keys wins', '{a = 1, a = 2}.a', 2n],
  ['keys are raw text', '{"a\\tb" = 1}["a\\\\tb"]', 1n],
  ['a scope hides the library', 'm.a', 1n],
]

const errors: readonly [string, string, string][] = [
  ['no operand is skipped', 'true || nope', '1:9: identifier "nope" does not exist'],
  [
    'the left operand first',
    'null + 1',
    '-:  should be one of [number string capsule] for binop +, got null',
  ],
  ['then the right one', '1 + "a"', '1:5: "a" should be number, got string'],
  ['divisors of zero, whatever the dividend', '0 / 0', '1:5: 0 divide by zero error'],
  ['a string beside a secret is a capsule', '"a" - sec', capsuleMessage('"a"')],
  ['a missing field', 'm.b', '1:3: field "b" does not exist'],
  ['a null has no position', 'm.n.x', '-:  cannot access field "x" on value of type null'],
  ['parentheses belong to the value', '("a").b', '1:1: ("a") cannot access field "b" on value of'],
  ['calls of what is no function', 'm.a()', '1:1: m.a should be function, got number'],
  ['elements of arguments', 'string.join([1, true], "")', '1:17: true should be string, got bool'],
  ['through a concatenation', 'string.join(array.concat([1], [true]), "")', '1:32: true should be'],
  ['through access', 'string.join({a = [m]}.a, "")', '1:19: m should be string, got object'],
  ['too few arguments', 'string.format()', '1:1: string.format expected at least 1 args, got 0'],
  [
    'capsules without fields',
    'receiver["x"]',
    '1:1: receiver expected object or array or a capsule convertible to an object, got capsule',
  ],
  ['floats out of range', '1e400', '1:1: strconv.ParseFloat: parsing "1e400": value out of range'],
]

function capsuleMessage(source: string): string {
  return `1:1: ${source} should be one of [number] for binop -, got capsule`
}

describe('evaluate', () => {
  it.each(values)('%s: %s', (_, text, value) => {
    expect(evaluateText(text, scope)).toEqual(value)
  })

  it.each(errors)('%s: %s', (_, text, message) => {
    expect(() => evaluateText(text, scope)).toThrow(message)
  })

  it('joins secrets into secrets', () => {
    const plain = evaluateText('"x" + visible', scope)
    const optional = evaluateText('visible + hidden', scope) as OptionalSecret
    const secret = evaluateText('"x" + sec + hidden', scope) as Secret
    expect(plain).toBe('xv')
    expect([optional.isSecret, optional.reveal()]).toEqual([true, 'vh'])
    expect(secret.reveal()).toBe('xsh')
  })

  it('computes a lazy binding once, and only where it is used', () => {
    let computed = 0
    const names = Scope.empty.extend(
      new Map([
        [
          'a',
          () => {
            computed++
            return 1n
          },
        ],
      ]),
    )
    const expression = parse('a + a')
    expect(computed).toBe(0)
    expect(evaluate(expression, names)).toBe(2n)
    expect(computed).toBe(1)
  })

  it('shows a path behind the nearest expression', () => {
    const expression = parse('[{a = m}]')
    const inside = new ValueError('should be bool, got number', 1n, [0, 'a', 'a'])
    const error = locate(inside, expression, Scope.empty.extend(new Map(Object.entries(scope))))
    expect(error).toBeInstanceOf(EvaluationError)
    expect(error.message).toBe('m.a should be bool, got number')
    expect(error.value).toBe(1n)
  })
})

function parse(text: string) {
  return parseExpression(createSource('', bytesOf(text)), new Diagnostics())
}

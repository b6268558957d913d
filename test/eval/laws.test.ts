import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valuesEqual } from '../../src/eval/equal.ts'
import { losslessJson, valueOfJson } from '../../src/eval/lossless.ts'
import { Scope } from '../../src/eval/scope.ts'
import { OptionalSecret, Secret } from '../../src/eval/secret.ts'
import { Capsule, kindOf, Uint64, Unknown, type Value } from '../../src/eval/value.ts'
import { showValue } from '../../src/schema/show.ts'
import { evaluateText } from './expression.ts'

const int = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const small = fc.bigInt({ min: -3n, max: 3n })
const uint = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => new Uint64(value))

const operations: readonly [string, (a: bigint, b: bigint) => bigint][] = [
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => a / b],
  ['%', (a, b) => a % b],
]

/** Strings of any bytes; keys that need no escapes, because those are not decoded. */
const text = fc.string({ unit: 'binary' })
const key = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,5}$|^[ -!#-[\]-~]{1,5}$/)
const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  int,
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  text,
)
const value = fc.letrec<{ any: Value }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('any')), { maxLength: 3 }).map((entries) => new Map(entries)),
  ),
})).any

describe('laws', () => {
  it.each(operations)('int64 %s wraps as BigInt.asIntN does', (operator, model) => {
    fc.assert(
      fc.property(int, fc.oneof(int, small), (a, b) => {
        fc.pre(b !== 0n || !'/%'.includes(operator))
        const result = evaluateText(`a ${operator} b`, { a, b })
        expect(result).toBe(BigInt.asIntN(64, model(a, b)))
      }),
    )
  })

  it.each(operations)('uint64 %s wraps as BigInt.asUintN does', (operator, model) => {
    fc.assert(
      fc.property(uint, uint, (a, b) => {
        fc.pre(b.value !== 0n || !'/%'.includes(operator))
        const result = evaluateText(`a ${operator} b`, { a, b })
        expect(result).toEqual(new Uint64(BigInt.asUintN(64, model(a.value, b.value))))
      }),
    )
  })

  it('powers are repeated products', () => {
    fc.assert(
      fc.property(int, fc.integer({ min: 2, max: 70 }), (base, exponent) => {
        const product = BigInt.asIntN(64, base ** BigInt(exponent))
        expect(evaluateText(`a ^ ${exponent}`, { a: base })).toBe(product)
      }),
    )
  })

  it('printed values read back as themselves', () => {
    fc.assert(
      fc.property(value, (original) => {
        const again = evaluateText(showValue(original))
        expect(valuesEqual(again, original)).toBe(true)
      }),
    )
  })

  it('lossless JSON reads back as itself', () => {
    const exact = fc.oneof(fc.maxSafeInteger().map(BigInt), fc.double(), text, fc.boolean())
    fc.assert(
      fc.property(fc.array(exact), (original) => {
        const json: unknown = JSON.parse(JSON.stringify(losslessJson(original)))
        const plain = original.map((item) => (Object.is(item, -0) ? 0 : item))
        expect(valueOfJson(json as never)).toEqual(plain)
      }),
    )
  })
})

const samples: readonly Value[] = [
  null,
  true,
  false,
  3n,
  0n,
  new Uint64(2n ** 63n),
  1.5,
  '',
  'text',
  'YQ==',
  '{"a": [1]}',
  [],
  [1n, 'a'],
  ['a', 'b'],
  [new Map([['a', 'x']])],
  new Map<string, Value>([
    ['a', 'x'],
    ['b', [1n]],
  ]),
  new Secret('s'),
  new OptionalSecret('1', false),
  new OptionalSecret('h', true),
  new Capsule('discovery.Target', {}, { asObject: () => new Map([['a', 'x']]) }),
]

const expressions = [
  ...['+', '-', '*', '/', '%', '^', '==', '!=', '<', '<=', '>', '>=', '&&', '||'].map(
    (operator) => `x ${operator} y`,
  ),
  '-x',
  '!x',
  'x.a',
  'x.b[0]',
  'x[y]',
  '[x, y][0]',
  '[1, 2][x]',
  '{a = x}.a',
  '{a = x}["a"] + y',
  '(x + "a") == y',
  'x(y)',
  'coalesce(x, y)',
  'coalesce(x, y) + x',
  'array.concat(x, [y])',
  'array.concat(x, y)[0]',
  'array.combine_maps(x, y, ["a"])',
  'array.group_by(x, "a", false)',
  'array.group_by([x], y, true)',
  'string.format(x, y)',
  'string.format("%v", x) + "a"',
  'string.join(x, y)',
  'string.join([x, y], "")',
  'string.split(x, y)[0]',
  'string.replace(x, y, "")',
  'string.to_upper(x)',
  'encoding.from_json(x)',
  'encoding.from_base64(x)',
  'encoding.to_base64(x)',
  'encoding.to_json(x)',
  'encoding.to_json({a = x})',
  'encoding.url_encode(x)',
  'json_path(x, ".a")',
  'convert.nonsensitive(x)',
  'sys.env(x)',
  'file.path_join(x, y)',
]

/** What a linter knows of the value: its kind, and of capsules that are no secrets the type. */
function unknownLike(sample: Value): Value {
  return sample instanceof Capsule
    ? new Unknown('capsule', { capsuleType: sample.type })
    : new Unknown(kindOf(sample))
}

describe('unknown values', () => {
  it.each(expressions)('never make %s fail where known ones do not', (expression) => {
    for (const x of samples) {
      for (const y of samples) {
        let known: Value
        try {
          known = evaluateText(expression, { x, y })
        } catch {
          continue
        }
        for (const scope of [
          { x: unknownLike(x), y: unknownLike(y) },
          { x: unknownLike(x), y },
          { x, y: unknownLike(y) },
          { x: new Unknown('any'), y: new Unknown('any') },
        ]) {
          const result = evaluateText(expression, scope)
          const kinds = ['any', kindOf(known)]
          if (typeof known === 'string') kinds.push('capsule')
          if (kindOf(known) === 'capsule') kinds.push('string')
          if (result instanceof Unknown) expect(kinds).toContain(result.kind)
        }
      }
    }
  })

  it('still show what is certain to be wrong', () => {
    const scope = { n: new Unknown('number'), b: new Unknown('bool'), o: new Unknown('object') }
    expect(() => evaluateText('n + "a"', scope)).toThrow('"a" should be number, got string')
    expect(() => evaluateText('!n', scope)).toThrow('n should be bool, got number')
    expect(() => evaluateText('string.join([n, b], "")', scope)).toThrow('b should be string')
    expect(() => evaluateText('n / 0', scope)).toThrow('0 divide by zero error')
    expect(() => evaluateText('b.x', scope)).toThrow(
      'cannot access field "x" on value of type bool',
    )
    expect(() => evaluateText('n()', scope)).toThrow('n should be function, got number')
    expect(() => evaluateText('o[n]', scope)).toThrow('n should be string, got number')
  })

  it('know the fields of typed exports', () => {
    const field = (name: string) => (name === 'receiver' ? new Unknown('capsule') : undefined)
    const component = new Unknown('object', { field })
    expect(evaluateText('c.receiver', { c: component })).toEqual(new Unknown('capsule'))
    expect(() => evaluateText('c.reciever', { c: component })).toThrow('"reciever" does not exist')
    expect(Scope.empty.names()).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { Scope } from '../../src/eval/scope.ts'
import { OptionalSecret, Secret } from '../../src/eval/secret.ts'
import { createStdlib, deprecatedNames } from '../../src/eval/stdlib.ts'
import { Bytes, Capsule, FunctionValue, type Value } from '../../src/eval/value.ts'
import { evaluateText, surroundings } from './expression.ts'

const scope = {
  sec: new Secret('s<'),
  hidden: new OptionalSecret('h', true),
  empty: new Capsule('x', {}, { asObject: () => new Map() }),
}

const values: readonly [string, Value][] = [
  ['string.split("", ",")', ['']],
  ['string.split("aé😀", "")', ['a', 'é', '😀']],
  ['string.replace("aé", "", "-")', '-a-é-'],
  ['string.trim("éaé", "é")', 'a'],
  ['string.trim_suffix("a", "")', 'a'],
  ['string.trim_space("\\u00a0\\u0085x\\u2028")', 'x'],
  ['string.to_upper("straße")', 'STRAßE'],
  ['string.format("%5.1f|%q|%v", 2.25, "a", null)', '  2.2|"a"|<nil>'],
  ['string.join([1, 2.5, null], ",")', '1,2.5,'],
  ['array.concat()', []],
  ['array.concat([1], [], [2])', [1n, 2n]],
  ['array.combine_maps([{a = 1}], [{a = 1.0}], ["a"])', []],
  ['coalesce()', null],
  ['coalesce(0, 0.0, "", [], {}, empty, false)', false],
  ['coalesce(hidden == "h", 1)', true],
  ['encoding.from_json("[1, {\\"a\\": null}]")', [1, new Map([['a', null]])]],
  ['encoding.from_json("\\"\\\\ud83d\\\\ude00\\\\ud800\\"")', '😀\ufffd'],
  ['encoding.from_base64("/+8=")', new Bytes(Uint8Array.of(0xff, 0xef))],
  ['encoding.from_URLbase64("_-8=")', new Bytes(Uint8Array.of(0xff, 0xef))],
  ['encoding.to_base64("\\xff\\xef")', '/+8='],
  ['encoding.to_URLbase64("\\xff\\xef")', '_-8='],
  ['encoding.to_json({b = "<\\u2028>", a = [1.0, 1e21, 1e-7]})', jsonText()],
  ['encoding.url_encode("a b/é")', 'a+b%2F%C3%A9'],
  ['encoding.url_decode("a+b%2F%ff")', 'a b/\udcff'],
  ['file.path_join("a", "", "../../b/", "/c/.")', '../b/c'],
  ['file.path_join("/", "..")', '/'],
  ['file.path_join()', ''],
  ['sys.env("HOME") + env("NOPE")', '/root'],
  ['constants.hostname + constants.os + constants.arch + constants.version', 'boxlinuxamd64v1.2.3'],
]

function jsonText(): string {
  return '{"a":[1,1e+21,1e-7],"b":"\\u003c\\u2028\\u003e"}'
}

const errors: readonly [string, string][] = [
  ['encoding.from_json("{a")', "invalid character 'a' looking for beginning of object key string"],
  ['encoding.from_json("[1 2]")', "invalid character '2' after array element"],
  ['encoding.from_json("{\\"a\\":1 \\"")', "invalid character '\"' after object key:value pair"],
  ['encoding.from_json("nul")', 'unexpected end of JSON input'],
  ['encoding.from_json("nulx")', "invalid character 'x' in literal null (expecting 'l')"],
  ['encoding.from_json("01")', "invalid character '1' after top-level value"],
  ['encoding.from_json("1.x")', "invalid character 'x' after decimal point in numeric literal"],
  ['encoding.from_json("\\"\\n\\"")', "invalid character '\\n' in string literal"],
  [
    'encoding.from_json("1e999")',
    'json: cannot unmarshal number 1e999 into Go value of type float64',
  ],
  ['encoding.from_base64("YQ=")', 'encoding.from_base64 illegal base64 data at input byte 3'],
  ['encoding.from_base64("Y-==")', 'illegal base64 data at input byte 1'],
  ['encoding.url_decode("a%zz")', 'encoding.url_decode invalid URL escape "%zz"'],
  ['encoding.to_json([1])', 'encoding.to_json jsonEncode only supports map'],
  ['array.combine_maps([], [], [])', 'combine_maps: merge conditions must not be empty'],
  ['array.combine_maps([{a = []}], [{a = []}], ["a"])', 'values of key "a" cannot be compared'],
  ['array.group_by([{a = 1}], "a", false)', '1 should be string, got number'],
  ['json_path("{", ".a")', 'json_path incomplete JSON at 1:2'],
  ['string.join([sec], "")', 'sec secrets may not be converted into strings'],
]

describe('standard library', () => {
  it.each(values)('%s', (text, value) => {
    expect(evaluateText(text, scope)).toEqual(value)
  })

  it.each(errors)('%s fails', (text, message) => {
    expect(() => evaluateText(text, scope)).toThrow(message)
  })

  it('makes secrets of secrets', () => {
    const formatted = evaluateText('string.format("%s %v", [sec], hidden)', scope) as Secret
    expect(formatted).toBeInstanceOf(Secret)
    expect(formatted.reveal()).toBe('[s<] {true h}')
    const json = evaluateText('encoding.to_json({a = [sec], b = hidden})', scope) as Secret
    expect(json.reveal()).toBe('{"a":["s\\u003c"],"b":{"IsSecret":true,"Value":"h"}}')
  })

  it('groups by the first appearance', () => {
    const groups = evaluateText('array.group_by([{k = "b"}, {}, {k = "a"}, {k = "b"}], "k", false)')
    expect((groups as Map<string, Value>[]).map((group) => group.get('k'))).toEqual(['b', '', 'a'])
  })

  it('has a function for every old name', () => {
    const names = createStdlib(surroundings)
    for (const [old, name] of deprecatedNames) {
      const value = names.lookup(old)
      expect(value instanceof FunctionValue && value.name).toBe(name)
    }
  })

  it('joins paths of Windows', () => {
    const names = createStdlib({ ...surroundings, os: 'windows' })
    const join = (names.lookup('file') as Map<string, FunctionValue>).get('path_join')!
    expect(join.call(['C:\\', 'a', '..\\b\\'])).toBe('C:\\b')
    expect(names).toBeInstanceOf(Scope)
  })
})

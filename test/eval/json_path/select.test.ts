import { describe, expect, it } from 'vitest'
import { parseLenientJson } from '../../../src/eval/json_path/json.ts'
import { parsePath } from '../../../src/eval/json_path/parse.ts'
import { select } from '../../../src/eval/json_path/select.ts'
import type { Value } from '../../../src/eval/value.ts'

const list = '[1, 2, 3, 4, 5, 6]'
const books = `{"books": [
  {"title": "a b", "price": 8, "tags": ["x"]},
  {"title": "c", "price": 12.5, "isbn": null},
  {"title": "d", "price": 30, "tags": []}
], "limit": 10}`

const found: readonly [string, string, readonly Value[]][] = [
  ['.books[0].title', books, ['a b']],
  ['books[0].title', books, ['a b']],
  ["$['books'][1]['title']", books, ['c']],
  ['.books[*].price', books, [8n, 12.5, 30n]],
  ['$..title', books, ['a b', 'c', 'd']],
  ['.nope', books, []],
  ['', books, []],
  ['.books[-1].title', books, ['d']],
  ["$['limit','nope']", books, [10n]],
  ['.books[?(@.price > 10)].title', books, ['c', 'd']],
  ['.books[?@.price > $.limit].title', books, ['c', 'd']],
  ['.books[?(@.isbn)].title', books, ['c']],
  ['.books[?(@.isbn == null)].title', books, ['c']],
  ['.books[?(!@.isbn)].title', books, ['a b', 'd']],
  ['.books[?(@.title == "c" || @.price < 10 && @.title == "a b")].price', books, [8n, 12.5]],
  ['.books[?(@.title =~ /^[ac]/)].price', books, [8n, 12.5]],
  ['.books[?(@.title in ["c", "d"])].price', books, [12.5, 30n]],
  ['.books[?(@.tags empty true)].title', books, ['d']],
  ['.books[?(@.price + 2 * 3 == 14)].title', books, ['a b']],
  ['.books[?(length(@.title) == 3)].price', books, [8n]],
  ['.books[?(match(@.title, "[a-c]"))].price', books, [12.5]],
  // Slices: vectors of ojg's own tests.
  ['$[1:3]', list, [2n, 3n]],
  ['$[::0]', list, []],
  ['$[10:]', list, []],
  ['$[:-10:-1]', list, [1n]],
  ['$[1:10]', list, [2n, 3n, 4n, 5n, 6n]],
  ['$[-4:-3]', list, [3n]],
  ['$[-4:2]', list, []],
  ['$[:2]', list, [1n, 2n]],
  ['[-4:-1:2]', list, [3n, 5n]],
  ['[-1:1:-2]', list, [6n, 4n]],
  ['[-10:]', list, [1n, 2n, 3n, 4n, 5n, 6n]],
  ['$[0, 2]', list, [1n, 3n]],
  ["['x',-1]", list, [6n]],
]

const invalid: readonly [string, string][] = [
  ['{', 'incomplete JSON at 1:2'],
  ['{"a": 1', 'incomplete JSON at 1:8'],
  ['[1 2]', "expected a comma or close, not '2' at 1:4"],
  ['{a', "expected a string start or object close, not 'a' at 1:2"],
  ['{"a" 1}', "expected a colon, not '1' at 1:6"],
  ['nulx', 'expected null at 1:4'],
  ['01', 'invalid number at 1:2'],
  ['\n}', 'unexpected object close at 2:1'],
  ['1 x', "extra characters after close, 'x' at 1:3"],
  ['"a\nb"', 'invalid JSON character 0x0a at 1:3'],
  ['"\\x"', "invalid JSON escape character '\\x' at 1:3"],
]

describe('select', () => {
  it.each(found)('%s', (path, json, values) => {
    expect(select(parsePath(path), parseLenientJson(json))).toEqual(values)
  })
})

describe('parseLenientJson', () => {
  it.each(invalid)('refuses %j', (json, message) => {
    expect(() => parseLenientJson(json)).toThrow(new Error(message))
  })

  it('keeps the digits of numbers that do not fit', () => {
    expect(parseLenientJson('[12345678901234567890, -1, 1.5e3]')).toEqual([
      '12345678901234567890',
      -1n,
      1500,
    ])
  })

  it('takes comments, a byte order mark, and nothing at all', () => {
    expect(parseLenientJson('\ufeff[1, // one\n2]')).toEqual([1n, 2n])
    expect(parseLenientJson(' ')).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { parsePath } from '../../../src/eval/json_path/parse.ts'

// The messages are those of ojg's own tests.
const errors: readonly [string, string][] = [
  ["$[1,'a']  ", "parse error at 9 in $[1,'a']  "],
  ['abc.', 'not terminated at 5 in abc.'],
  ['abc.+', "an expression fragment can not start with a '+' at 6 in abc.+"],
  ['abc..+', 'parse error at 6 in abc..+'],
  ['[', 'not terminated at 2 in ['],
  [']', 'parse error at 1 in ]'],
  ['[]', 'parse error at 2 in []'],
  ['[**', 'not terminated at 4 in [**'],
  ["['x'z]", "invalid bracket fragment at 6 in ['x'z]"],
  ['[-x]', 'expected a number at 4 in [-x]'],
  ['[0x]', 'invalid bracket fragment at 4 in [0x]'],
  ['[x]', 'parse error at 2 in [x]'],
  ['[-', 'expected a number at 3 in [-'],
  ['[1,', 'not terminated at 4 in [1,'],
  ['[:', 'not terminated at 3 in [:'],
  ['[::', 'not terminated at 4 in [::'],
  ['[1:2:', 'not terminated at 6 in [1:2:'],
  ['[2,3x', 'invalid union syntax at 6 in [2,3x'],
  ['[2,x', 'invalid union syntax at 5 in [2,x'],
  ['[?', 'not terminated at 3 in [?'],
  ['[?(', 'not terminated at 4 in [?('],
  ['[?(@.x == 3)', 'not terminated at 13 in [?(@.x == 3)'],
  ['[?(@.x == 1e', 'expected a number at 13 in [?(@.x == 1e'],
  ['[?(2 ++ 1)]', "'++' is not a valid operation at 8 in [?(2 ++ 1)]"],
  ['[?(@.x == trux)]', 'expected true at 14 in [?(@.x == trux)]'],
  ['[?(@.x == nulx)]', 'expected null at 14 in [?(@.x == nulx)]'],
  ['[?(@.x == x)]', 'expected a value at 11 in [?(@.x == x)]'],
  ['[?(@.x =', 'equation not terminated at 9 in [?(@.x ='],
]

describe('parsePath', () => {
  it.each(errors)('refuses %s', (path, message) => {
    expect(() => parsePath(path)).toThrow(new Error(message))
  })
})

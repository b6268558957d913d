// Character classes of RE2 in JavaScript's syntax, for texts without surrogates.

/** This pattern needs the other engine. Thrown and caught within the translation only. */
export class Untranslatable extends Error {}

/** Code points, both ends included. */
export type Range = readonly [first: number, last: number]

const never = '[^\\s\\S]'
const digits: readonly Range[] = [[0x30, 0x39]]
const blanks: readonly Range[] = [
  [9, 10],
  [12, 13],
  [32, 32],
]
const word: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]
/** `[:alpha:]` and its kin. */
export const namedClasses: { readonly [name: string]: readonly Range[] } = {
  alnum: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  ascii: [[0, 0x7f]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit: digits,
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[0x41, 0x5a]],
  word,
  xdigit: [
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ],
}
/** `\d`, `\s`, `\w`; an upper-case letter inverts them. */
export const perlClasses: { readonly [letter: string]: readonly Range[] } = {
  d: digits,
  s: blanks,
  w: word,
}

/** Ranges with what is not in them, up to the last code point. */
export function inverted(ranges: readonly Range[]): Range[] {
  const gaps: Range[] = []
  let next = 0
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    if (first > next) gaps.push([next, first - 1])
    next = Math.max(next, last + 1)
  }
  if (next <= 0x10ffff) gaps.push([next, 0x10ffff])
  return gaps
}

/**
 * A class, or the one character that it holds, in JavaScript's syntax, each unit escaped.
 * Throws `Untranslatable` where case folds beyond ASCII.
 */
export function classSource(ranges: readonly Range[], fold: boolean, isNegated: boolean): string {
  const all = fold ? ranges.flatMap(folded) : ranges
  // Texts with surrogates never come here, so nothing beyond the basic plane can match.
  const inPlane = all.filter(([first]) => first <= 0xffff)
  const only = inPlane.length === 1 && !isNegated ? inPlane[0] : undefined
  if (only !== undefined && only[0] === only[1]) return characterSource(only[0])
  if (inPlane.length === 0) return isNegated ? '[\\s\\S]' : never
  const items = inPlane.map(([first, last]) => {
    const end = Math.min(last, 0xffff)
    return first === end ? unitSource(first) : `${unitSource(first)}-${unitSource(end)}`
  })
  return `[${isNegated ? '^' : ''}${items.join('')}]`
}

function characterSource(code: number): string {
  const isPlain = /^[a-zA-Z0-9_ ]$/.test(String.fromCharCode(code))
  return isPlain ? String.fromCharCode(code) : unitSource(code)
}

function unitSource(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`
}

/** The range and the same letters in the other case; the Kelvin sign is a k, the long s an s. */
function folded([first, last]: Range): Range[] {
  if (last > 0x7f) throw new Untranslatable()
  const ranges: Range[] = [[first, last]]
  for (let code = first; code <= last; code++) {
    const lower = code | 0x20
    if (lower < 0x61 || lower > 0x7a) continue
    ranges.push([code ^ 0x20, code ^ 0x20])
    if (lower === 0x6b) ranges.push([0x212a, 0x212a])
    if (lower === 0x73) ranges.push([0x17f, 0x17f])
  }
  return ranges
}

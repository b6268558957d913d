// From RE2's syntax to JavaScript's, where both engines provably agree on texts without surrogates.
//
// The result needs no flag, no look-around and no counted repeat (they are unrolled), so that
// V8's linear engine can take it over. There is none where the engines differ or could blow up:
//   a capture in a repeated group (Go keeps `a` for ^(?:(a)|b)*$ on "ab", JavaScript does not),
//   a repeated body that can match nothing, `(?m)`, Unicode classes, case folding beyond ASCII.

import {
  classSource,
  inverted,
  namedClasses,
  perlClasses,
  type Range,
  Untranslatable,
} from './re2_class.ts'

export interface Translation {
  /** For `new RegExp(source, flags)` with flags `''`, `'g'` or `'y'`. */
  readonly source: string
  /** How many repeats have no upper bound. One of them, anchored, backtracks at most n times. */
  readonly loops: number
  /** In how many places the engine has to choose: bars, optional parts, repeats. */
  readonly choices: number
}

/** Source characters that unrolled repeats may come to. */
const sizeMax = 4_000

/** The pattern for JavaScript; undefined where it needs RE2. RE2 has accepted it before. */
export function translateRe2(pattern: string, dotMatchesNewline = false): Translation | undefined {
  try {
    const parser = new Parser(pattern)
    const node = parser.alternation({ fold: false, dotAll: dotMatchesNewline, swapGreed: false })
    return parser.isAtEnd && node.source.length <= sizeMax
      ? { source: node.source, loops: node.loops, choices: node.choices }
      : undefined
  } catch (error) {
    if (error instanceof Untranslatable) return undefined
    throw error
  }
}

interface Flags {
  readonly fold: boolean
  readonly dotAll: boolean
  readonly swapGreed: boolean
}

interface Node {
  readonly source: string
  readonly isNullable: boolean
  readonly hasCapture: boolean
  readonly loops: number
  readonly choices: number
  /** Whether a quantifier behind the source applies to all of it. */
  readonly isAtom: boolean
}

const escapes: { readonly [letter: string]: number } = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }

class Parser {
  readonly #runes: readonly string[]
  #at = 0

  constructor(pattern: string) {
    this.#runes = [...pattern]
  }

  get isAtEnd(): boolean {
    return this.#at === this.#runes.length
  }

  alternation(flags: Flags): Node {
    const branches: Node[] = []
    let current = flags
    do {
      const branch = this.#sequence(current)
      branches.push(branch.node)
      current = branch.flags
    } while (this.#take('|'))
    if (branches.length === 1) return branches[0]!
    return {
      source: branches.map((branch) => branch.source).join('|'),
      isNullable: branches.some((branch) => branch.isNullable),
      hasCapture: branches.some((branch) => branch.hasCapture),
      loops: branches.reduce((sum, branch) => sum + branch.loops, 0),
      choices: branches.reduce((sum, branch) => sum + branch.choices, branches.length - 1),
      isAtom: false,
    }
  }

  #sequence(start: Flags): { node: Node; flags: Flags } {
    let flags = start
    let source = ''
    let isNullable = true
    let hasCapture = false
    let loops = 0
    let choices = 0
    while (!this.isAtEnd && this.#peek() !== '|' && this.#peek() !== ')') {
      const changed = this.#flagGroup(flags)
      if (changed !== undefined) {
        flags = changed
        continue
      }
      const item = this.#repeated(flags)
      source += item.source
      isNullable &&= item.isNullable
      hasCapture ||= item.hasCapture
      loops += item.loops
      choices += item.choices
      if (source.length > sizeMax) throw new Untranslatable()
    }
    return { node: { source, isNullable, hasCapture, loops, choices, isAtom: false }, flags }
  }

  /** `(?i)`: flags for the rest of the group. */
  #flagGroup(flags: Flags): Flags | undefined {
    const rest = this.#runes.slice(this.#at, this.#at + 12).join('')
    const [found, letters] = /^\(\?([imsU-]+)\)/.exec(rest) ?? []
    if (found === undefined || letters === undefined) return undefined
    this.#at += found.length
    return changedFlags(flags, letters)
  }

  #repeated(flags: Flags): Node {
    const node = this.#atom(flags)
    const [min, max] = this.#bounds() ?? [1, 1]
    if (min === 1 && max === 1) return node
    const isLazy = this.#take('?') !== flags.swapGreed
    if (node.isNullable || (node.hasCapture && max !== 1)) throw new Untranslatable()
    const atom = node.isAtom ? node.source : `(?:${node.source})`
    const lazy = isLazy ? '?' : ''
    if (atom.length * (max === Number.POSITIVE_INFINITY ? min + 1 : max) > sizeMax) {
      throw new Untranslatable()
    }
    if (max === Number.POSITIVE_INFINITY) {
      const source = min === 1 ? `${atom}+${lazy}` : `${atom.repeat(min)}${atom}*${lazy}`
      // A choice within a loop counts as a second loop: (?:a|ab)* can double its work at each turn.
      const loops = node.loops + node.choices > 0 ? node.loops * (min + 1) + 2 : 1
      const choices = node.choices * (min + 1) + 1
      return { ...node, source, isNullable: min === 0, loops, choices, isAtom: false }
    }
    const source = atom.repeat(min) + unrolled(atom, max - min, lazy)
    const loops = node.loops * max
    const choices = node.choices * max + max - min
    return { ...node, source, isNullable: min === 0, loops, choices, isAtom: false }
  }

  #bounds(): [min: number, max: number] | undefined {
    if (this.#take('*')) return [0, Number.POSITIVE_INFINITY]
    if (this.#take('+')) return [1, Number.POSITIVE_INFINITY]
    if (this.#take('?')) return [0, 1]
    if (this.#peek() !== '{') return undefined
    const rest = this.#runes.slice(this.#at, this.#at + 12).join('')
    const [found, min = '', comma, max = ''] = /^\{(\d+)(,?)(\d*)\}/.exec(rest) ?? []
    if (found === undefined) return undefined
    this.#at += found.length
    if (comma === '') return [Number(min), Number(min)]
    return [Number(min), max === '' ? Number.POSITIVE_INFINITY : Number(max)]
  }

  #atom(flags: Flags): Node {
    const rune = this.#runes[this.#at++]!
    switch (rune) {
      case '(':
        return this.#group(flags)
      case '[':
        return this.#bracket(flags)
      case '.':
        return atom(flags.dotAll ? '[\\s\\S]' : '[^\\n]')
      case '^':
        return assertion('^')
      case '$':
        return assertion('$')
      case '\\':
        return this.#escape(flags)
      default:
        return literal(rune.codePointAt(0)!, flags)
    }
  }

  #group(flags: Flags): Node {
    let isCapture = true
    let inner = flags
    if (this.#take('?')) {
      const rest = this.#runes.slice(this.#at).join('')
      const [name] = /^P?<[^>]+>/.exec(rest) ?? []
      const [letters] = /^[imsU-]*:/.exec(rest) ?? []
      if (name === undefined && letters === undefined) throw new Untranslatable()
      this.#at += [...(name ?? letters ?? '')].length
      isCapture = name !== undefined
      if (letters !== undefined) inner = changedFlags(flags, letters.slice(0, -1))
    }
    const node = this.alternation(inner)
    if (!this.#take(')')) throw new Untranslatable()
    const source = `(${isCapture ? '' : '?:'}${node.source})`
    return { ...node, source, hasCapture: isCapture || node.hasCapture, isAtom: true }
  }

  #escape(flags: Flags): Node {
    const letter = this.#runes[this.#at]
    if (letter === 'A' || letter === 'z') {
      this.#at++
      return assertion(letter === 'A' ? '^' : '$')
    }
    if (letter === 'b' || letter === 'B') {
      this.#at++
      return assertion(`\\${letter}`)
    }
    if (letter === 'Q') return this.#literalText(flags)
    const ranges = this.#perlClass()
    if (ranges !== undefined) return atom(classSource(ranges, flags.fold, false))
    return literal(this.#escapedRune(), flags)
  }

  /** `\Q...\E`; a quantifier behind it applies to the last character. */
  #literalText(flags: Flags): Node {
    this.#at++
    const rest = this.#runes.slice(this.#at)
    const end = rest.findIndex((rune, i) => rune === '\\' && rest[i + 1] === 'E')
    // The rare forms of it are not worth their rules here.
    if (end !== 1) throw new Untranslatable()
    this.#at += 3
    return literal(rest[0]!.codePointAt(0)!, flags)
  }

  #perlClass(): readonly Range[] | undefined {
    const letter = this.#runes[this.#at] ?? ''
    const ranges = perlClasses[letter.toLowerCase()]
    if (ranges === undefined) return undefined
    this.#at++
    return letter < 'a' ? inverted(ranges) : ranges
  }

  /** Behind a backslash. */
  #escapedRune(): number {
    const rune = this.#runes[this.#at++] ?? ''
    if (/^[0-7]$/.test(rune)) {
      let digits = rune
      while (digits.length < 3 && /^[0-7]$/.test(this.#peek())) digits += this.#runes[this.#at++]
      return Number.parseInt(digits, 8)
    }
    if (rune === 'x') return this.#hexadecimal()
    const control = escapes[rune]
    if (control !== undefined) return control
    if (/^[a-zA-Z0-9]$/.test(rune) || rune === '') throw new Untranslatable()
    return rune.codePointAt(0)!
  }

  #hexadecimal(): number {
    const rest = this.#runes.slice(this.#at, this.#at + 12).join('')
    const [found, braced, plain] = /^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/.exec(rest) ?? []
    if (found === undefined) throw new Untranslatable()
    this.#at += found.length
    return Number.parseInt(braced ?? plain ?? '', 16)
  }

  #bracket(flags: Flags): Node {
    const isNegated = this.#take('^')
    const ranges: Range[] = []
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      if (this.isAtEnd) throw new Untranslatable()
      ranges.push(...this.#classItem())
    }
    this.#at++
    return atom(classSource(ranges, flags.fold, isNegated))
  }

  #classItem(): readonly Range[] {
    const rest = this.#runes.slice(this.#at, this.#at + 14).join('')
    const [found, caret, name = ''] = /^\[:(\^?)([a-z]+):\]/.exec(rest) ?? []
    if (found !== undefined) {
      const ranges = namedClasses[name]
      if (ranges === undefined) throw new Untranslatable()
      this.#at += found.length
      return caret === '' ? ranges : inverted(ranges)
    }
    if (this.#peek() === '\\') {
      this.#at++
      const ranges = this.#perlClass()
      if (ranges !== undefined) return ranges
      this.#at--
    }
    const first = this.#classRune()
    if (this.#peek() !== '-' || this.#runes[this.#at + 1] === ']') return [[first, first]]
    this.#at++
    return [[first, this.#classRune()]]
  }

  #classRune(): number {
    if (this.#take('\\')) return this.#escapedRune()
    return this.#runes[this.#at++]?.codePointAt(0) ?? 0
  }

  #peek(): string {
    return this.#runes[this.#at] ?? ''
  }

  #take(rune: string): boolean {
    if (this.#runes[this.#at] !== rune) return false
    this.#at++
    return true
  }
}

function changedFlags(flags: Flags, letters: string): Flags {
  const minus = letters.indexOf('-')
  const on = minus < 0 ? letters : letters.slice(0, minus)
  const off = minus < 0 ? '' : letters.slice(minus + 1)
  // Anchors at line ends would need look-behind, which the linear engine has not.
  if (on.includes('m')) throw new Untranslatable()
  const now = (letter: string, before: boolean) =>
    off.includes(letter) ? false : on.includes(letter) || before
  return {
    fold: now('i', flags.fold),
    dotAll: now('s', flags.dotAll),
    swapGreed: now('U', flags.swapGreed),
  }
}

function atom(source: string): Node {
  return { source, isNullable: false, hasCapture: false, loops: 0, choices: 0, isAtom: true }
}

function assertion(source: string): Node {
  return { source, isNullable: true, hasCapture: false, loops: 0, choices: 0, isAtom: true }
}

function literal(code: number, flags: Flags): Node {
  return atom(classSource([[code, code]], flags.fold, false))
}

/** `x?` nested count times: `(?:x(?:x)?)?`. */
function unrolled(source: string, count: number, lazy: string): string {
  return `(?:${source}`.repeat(count) + `)?${lazy}`.repeat(count)
}

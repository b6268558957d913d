// What can be told of an RE2 pattern by its parts: how short a match may be, whether there can be
// one at all, how often a character may stand in it. RE2 has accepted the pattern before; what this
// reader does not follow counts as anything.

export interface PatternFacts {
  /** Whether no text can match: `a^b`, `$x`. */
  readonly isImpossible: boolean
  /** Characters of the shortest match. */
  readonly lengthMin: number
  /** Whether it holds at any place of any text. */
  readonly isEverywhere: boolean
  /** How often the character may stand in what matches. */
  readonly occurrencesMax: number
}

/** `counted` is the character whose occurrences are wanted. */
export function factsOf(pattern: string, counted = ';'): PatternFacts {
  const { isImpossible, min, isFree, most } = new Reader(pattern, counted).all()
  return {
    isImpossible,
    lengthMin: min,
    isEverywhere: min === 0 && isFree,
    occurrencesMax: most,
  }
}

interface Part {
  readonly min: number
  readonly most: number
  readonly isImpossible: boolean
  /** Whether its shortest match needs nothing around it, such as the start of the text. */
  readonly isFree: boolean
  readonly anchor?: 'start' | 'end'
}

const nothing: Part = { min: 0, most: 0, isImpossible: false, isFree: true }
const anything: Part = { min: 0, most: Number.POSITIVE_INFINITY, isImpossible: false, isFree: true }

class Reader {
  readonly #runes: readonly string[]
  readonly #counted: string
  #at = 0
  /** `(?m)`: anchors hold at every line. */
  #isMultiline = false

  constructor(pattern: string, counted: string) {
    this.#runes = [...pattern]
    this.#counted = counted
  }

  all(): Part {
    const part = this.#choice()
    return this.#at < this.#runes.length ? anything : part
  }

  #choice(): Part {
    const parts = [this.#sequence()]
    while (this.#take('|')) parts.push(this.#sequence())
    const possible = parts.filter(({ isImpossible }) => !isImpossible)
    if (possible.length === 0) return { ...nothing, isImpossible: true }
    const min = Math.min(...possible.map((part) => part.min))
    return {
      min,
      most: Math.max(...possible.map((part) => part.most)),
      isImpossible: false,
      isFree: possible.some((part) => part.min === min && part.isFree),
    }
  }

  #sequence(): Part {
    let sum = nothing
    let isAfterEnd = false
    while (this.#at < this.#runes.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const part = this.#repeated()
      const isTooLate = part.anchor === 'start' && sum.min > 0
      sum = {
        min: sum.min + part.min,
        most: sum.most + part.most,
        isImpossible:
          sum.isImpossible || part.isImpossible || isTooLate || (isAfterEnd && part.min > 0),
        isFree: sum.isFree && part.isFree,
      }
      if (part.anchor === 'end') isAfterEnd = true
    }
    return sum
  }

  #repeated(): Part {
    let part = this.#atom()
    for (;;) {
      const bounds = this.#quantifier()
      if (bounds === undefined) return part
      const [min, max] = bounds
      part = {
        min: part.min * min,
        most: part.most === 0 || max === 0 ? 0 : part.most * max,
        isImpossible: part.isImpossible && min > 0,
        isFree: part.isFree || min === 0,
      }
    }
  }

  #quantifier(): readonly [min: number, max: number] | undefined {
    const infinite = Number.POSITIVE_INFINITY
    const rest = this.#runes.slice(this.#at, this.#at + 12).join('')
    const [written, word = '', low = '', comma, high = ''] =
      /^([*+?]|\{(\d+)(,(\d*))?\})\??/.exec(rest) ?? []
    if (written === undefined) return undefined
    this.#at += written.length
    if (word === '*') return [0, infinite]
    if (word === '+') return [1, infinite]
    if (word === '?') return [0, 1]
    if (comma === undefined) return [Number(low), Number(low)]
    return [Number(low), high === '' ? infinite : Number(high)]
  }

  #atom(): Part {
    const rune = this.#next()
    switch (rune) {
      case '(':
        return this.#group()
      case '[':
        return this.#bracket()
      case '.':
        return this.#character(true)
      case '^':
        return this.#anchor('start')
      case '$':
        return this.#anchor('end')
      case '\\':
        return this.#escape()
      default:
        return this.#character(rune === this.#counted)
    }
  }

  #character(mayBeCounted: boolean): Part {
    return { min: 1, most: mayBeCounted ? 1 : 0, isImpossible: false, isFree: true }
  }

  #anchor(anchor: 'start' | 'end'): Part {
    const part = { ...nothing, isFree: false }
    return this.#isMultiline ? part : { ...part, anchor }
  }

  #group(): Part {
    const rest = this.#runes.slice(this.#at, this.#at + 200).join('')
    const [head = ''] = /^\?(?:P?<\w+>|[a-zA-Z-]*[:)])/.exec(rest) ?? []
    this.#at += [...head].length
    const [letters = ''] = /[a-zA-Z-]*(?=[:)]$)/.exec(head) ?? []
    if (/^[^-]*m/.test(letters)) this.#isMultiline = true
    if (head.endsWith(')')) return nothing
    const part = this.#choice()
    this.#take(')')
    return part
  }

  #escape(): Part {
    const rune = this.#next()
    if (rune === 'A') return { ...nothing, isFree: false, anchor: 'start' }
    if (rune === 'z') return { ...nothing, isFree: false, anchor: 'end' }
    if (rune === 'b' || rune === 'B') return { ...nothing, isFree: false }
    if (rune === 'Q') return this.#quoted()
    if (rune === 'p' || rune === 'P') {
      if (this.#take('{')) this.#skipTo('}')
      else this.#next()
      return this.#character(true)
    }
    if (rune === 'x') {
      if (this.#take('{')) this.#skipTo('}')
      else this.#at += 2
      return this.#character(true)
    }
    if (/[DSW]/.test(rune)) return this.#character(true)
    if (/[dsw]/.test(rune)) return this.#character(/[\w\s]/.test(this.#counted))
    if (/\d/.test(rune)) return this.#character(true)
    return this.#character(rune === this.#counted)
  }

  #quoted(): Part {
    const rest = this.#runes.slice(this.#at).join('')
    const end = rest.indexOf('\\E')
    const text = end < 0 ? rest : rest.slice(0, end)
    this.#at += [...text].length + (end < 0 ? 0 : 2)
    const most = [...text].filter((rune) => rune === this.#counted).length
    return { min: [...text].length, most, isImpossible: false, isFree: true }
  }

  #bracket(): Part {
    const start = this.#at
    this.#take('^')
    this.#take(']')
    while (this.#at < this.#runes.length) {
      const rune = this.#next()
      if (rune === '\\') this.#next()
      else if (rune === '[' && this.#take(':')) this.#skipTo(']')
      else if (rune === ']') break
    }
    const written = this.#runes.slice(start, this.#at - 1).join('')
    return this.#character(mayHold(written, this.#counted))
  }

  #peek(): string {
    return this.#runes[this.#at] ?? ''
  }

  #next(): string {
    return this.#runes[this.#at++] ?? ''
  }

  #skipTo(rune: string): void {
    while (this.#at < this.#runes.length && this.#next() !== rune);
  }

  #take(rune: string): boolean {
    if (this.#peek() !== rune) return false
    this.#at++
    return true
  }
}

/** Whether a class may hold the character; only plain ones are looked into. */
function mayHold(written: string, character: string): boolean {
  if (!/^[\w .,:/+-]*$/.test(written)) return true
  if (written.includes(character)) return true
  return [...written.matchAll(/(.)-(.)/g)].some(([, from = '', to = '']) => {
    return from <= character && character <= to
  })
}

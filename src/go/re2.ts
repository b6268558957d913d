// The one door to regular expressions of configuration: RE2's syntax, RE2's answers, linear time.
//
// re2js parses, refuses and is the reference. What needs no engine gets none (re2_shape.ts), what
// JavaScript provably matches the same way goes to RegExp (re2_translate.ts), and the rest runs in
// re2js.

import { RE2JS, RE2JSSyntaxException } from 're2js'
import { type Shape, shapeOf } from './re2_shape.ts'
import { translateRe2 } from './re2_translate.ts'

/** The whole match, then its groups; undefined where a group took no part. */
export type Re2Match = readonly (string | undefined)[]

/** A match in its place. Positions count UTF-16 units. */
export interface Re2Find {
  readonly start: number
  readonly end: number
  readonly match: Re2Match
}

export interface Re2Options {
  /** Matches whole texts only, and `.` matches line breaks, as `^(?s:PATTERN)$` does. */
  readonly anchored?: boolean
}

/** Longer texts go to re2js: RegExp's worst case is a square of the length before V8 gives up. */
const nativeLengthMax = 16_384
const anchoredLengthMax = 65_536

/** Without the fallback a pattern may double its work so often, at most. */
const choicesMax = 6

/** Any text that has units of surrogate pairs, or invalid bytes. */
const surrogate = /[\ud800-\udfff]/

let isLinear = false

/**
 * States that RegExp falls back to linear time in this process, so that patterns may run there even
 * if they could backtrack. `enableLinearFallback` arranges and tests it on Node.
 */
export function trustLinearFallback(): void {
  isLinear = true
}

/**
 * Throws what Go's regexp.Compile says: ``error parsing regexp: missing closing ): `(a` ``. The
 * messages show an anchored pattern within its anchors, as Go's do.
 */
export function compileRe2(pattern: string, { anchored = false }: Re2Options = {}): Re2 {
  return new Re2(pattern, anchored)
}

export class Re2 {
  /** As it was given, without anchors. */
  readonly pattern: string
  readonly groupCount: number
  readonly groupNames: ReadonlyMap<string, number>
  readonly #engine: RE2JS
  readonly #shape: Shape | undefined
  readonly #native: RegExp | undefined
  readonly #needsLinear: boolean
  readonly #lengthMax: number

  constructor(pattern: string, anchored: boolean) {
    const source = anchored ? `^(?s:${pattern})$` : pattern
    this.pattern = pattern
    this.#engine = compileEngine(source)
    this.groupCount = this.#engine.groupCount()
    this.groupNames = new Map(Object.entries(this.#engine.namedGroups()))
    this.#shape = anchored ? shapeOf(pattern) : undefined
    const translation = translateRe2(source)
    const { loops = 0, choices = 0 } = translation ?? {}
    this.#native = translation && new RegExp(translation.source, 'g')
    this.#needsLinear = loops > 1 || choices > choicesMax
    this.#lengthMax = anchored ? anchoredLengthMax : nativeLengthMax
  }

  /** Whether it matches anywhere in the text; all of the text, where it is anchored. */
  test(text: string): boolean {
    if (this.#shape !== undefined) return this.#shape.test(text)
    const native = this.#nativeFor(text)
    if (native === undefined) return this.#engine.matcher(text).find()
    native.lastIndex = 0
    return native.test(text)
  }

  /** The leftmost match. */
  exec(text: string): Re2Match | undefined {
    if (this.#shape !== undefined) return this.#shape.groups(text)
    const native = this.#nativeFor(text)
    if (native === undefined) return this.#slowFind(text, 0)?.match
    native.lastIndex = 0
    return native.exec(text) ?? undefined
  }

  /** The leftmost match that begins at `from` or later; `^` still means the start of the text. */
  find(text: string, from = 0): Re2Find | undefined {
    const native = this.#nativeFor(text)
    if (native === undefined) return this.#slowFind(text, from)
    native.lastIndex = from
    const match = native.exec(text)
    return match === null ? undefined : { start: match.index, end: native.lastIndex, match }
  }

  /** Start and end of the match and of each group, -1 where it took no part. Always in re2js. */
  positions(text: string, from = 0): number[] | undefined {
    const matcher = this.#engine.matcher(text)
    if (!matcher.find(from)) return undefined
    const groups = Array.from({ length: this.groupCount + 1 }, (_, group) => group)
    return groups.flatMap((group) => [matcher.start(group), matcher.end(group)])
  }

  /** The text with each match replaced, as Go's ReplaceAll functions choose the matches. */
  replaceAll(text: string, replace: (match: Re2Match) => string): string {
    let replaced = ''
    let lastEnd = 0
    let from = 0
    while (from <= text.length) {
      const found = this.find(text, from)
      if (found === undefined) break
      replaced += text.slice(lastEnd, found.start)
      // An empty match right behind the last one does not count.
      if (found.end > lastEnd || found.start === 0) replaced += replace(found.match)
      lastEnd = found.end
      const next = from + runeLength(text, from)
      from = next > found.end ? next : found.end
    }
    return replaced + text.slice(lastEnd)
  }

  #nativeFor(text: string): RegExp | undefined {
    if (this.#native === undefined || text.length > this.#lengthMax) return undefined
    if (this.#needsLinear && !isLinear) return undefined
    if (surrogate.test(text)) return undefined
    return this.#native
  }

  #slowFind(text: string, from: number): Re2Find | undefined {
    const matcher = this.#engine.matcher(text)
    if (!matcher.find(from)) return undefined
    const match = Array.from(
      { length: this.groupCount + 1 },
      (_, group) => matcher.group(group) ?? undefined,
    )
    return { start: matcher.start(), end: matcher.end(), match }
  }
}

function runeLength(text: string, at: number): number {
  const code = text.codePointAt(at) ?? 0
  return code > 0xffff ? 2 : 1
}

function compileEngine(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    // Go shows the rest of the pattern even where nothing is left of it.
    const rest = error.message.endsWith('at end of expression') ? ': ``' : ''
    throw new Error(error.message + rest, { cause: error })
  }
}

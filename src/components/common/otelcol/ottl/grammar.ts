// A grammar as data, and a parser that runs it and reports errors in the words of the parser
// generator that the original uses: what it expected is written in the notation of its grammar.
// Source of the behaviour: github.com/alecthomas/participle/v2, with backtracking without a limit.

import { quote } from '../../../../go/quote.ts'
import { OttlSyntaxError, type Token, type TokenKind, tokensOf } from './lexer.ts'

export type Pattern<R extends string> =
  | { readonly kind: 'token'; readonly of: TokenKind }
  | { readonly kind: 'text'; readonly of: string }
  | { readonly kind: 'rule'; readonly of: R }
  | { readonly kind: 'all'; readonly of: readonly Pattern<R>[] }
  | { readonly kind: 'any'; readonly of: readonly Pattern<R>[] }
  | { readonly kind: 'maybe'; readonly of: Pattern<R> }
  | { readonly kind: 'many'; readonly of: Pattern<R> }
  | { readonly kind: 'not'; readonly of: Pattern<R> }

export type Grammar<R extends string> = { readonly [rule in R]: Pattern<R> }

/** What a rule matched: its tokens, and the trees of the rules in it. */
export interface Tree<R extends string> {
  readonly rule: R
  readonly parts: readonly (Tree<R> | Token)[]
}

interface Match<R extends string> {
  readonly next: number
  readonly parts: readonly (Tree<R> | Token)[]
}

/** How a pattern fails that had begun to match. */
interface Failure {
  readonly at: number
  readonly expected: string
  /** Tokens that had matched for sure, by which failures of alternatives are compared. */
  readonly reached: number
}

/** Undefined where the pattern does not even begin to match. */
type Result<R extends string> = Match<R> | Failure | undefined

/** Rules within rules; some hundred brackets within brackets. */
const mostDepth = 1500

/** The tree of the whole `source`, by the rule `start`. Throws `OttlSyntaxError`. */
export function parse<R extends string>(grammar: Grammar<R>, start: R, source: string): Tree<R> {
  const tokens = tokensOf(source)
  const unexpected = (at: number, expected = ''): OttlSyntaxError => {
    const token = tokens[Math.min(at, tokens.length - 1)]! // there is one: the end
    const suffix = expected === '' ? '' : ` (expected ${expected})`
    const problem = `unexpected token ${quote(token.text)}${suffix}`
    return new OttlSyntaxError(source, token.offset, problem)
  }
  const result = new Parser(grammar, tokens).match({ kind: 'rule', of: start }, 0)
  if (result === undefined) throw unexpected(0)
  if (isFailure(result)) throw unexpected(result.at, result.expected)
  if (tokens[result.next]?.kind !== 'eof') throw unexpected(result.next)
  return result.parts[0] as Tree<R> // what a rule gives
}

class Parser<R extends string> {
  readonly #grammar: Grammar<R>
  readonly #tokens: readonly Token[]
  /** Results of rules by place, without which each alternative would double the work. */
  readonly #known = new Map<string, Result<R>>()
  #depth = 0

  constructor(grammar: Grammar<R>, tokens: readonly Token[]) {
    this.#grammar = grammar
    this.#tokens = tokens
  }

  match(pattern: Pattern<R>, at: number): Result<R> {
    switch (pattern.kind) {
      case 'token':
        return this.#token(at, (token) => token.kind === pattern.of)
      case 'text':
        return this.#token(at, (token) => token.text === pattern.of && token.kind !== 'string')
      case 'rule':
        return this.#rule(pattern.of, at)
      case 'all':
        return this.#all(pattern.of, at)
      case 'any':
        return this.#any(pattern.of, at)
      case 'maybe':
        return this.#some(pattern.of, at, 1)
      case 'many':
        return this.#some(pattern.of, at, Number.POSITIVE_INFINITY)
      case 'not': {
        const result = this.match(pattern.of, at)
        if (result === undefined || isFailure(result)) return { next: at, parts: [] }
        return { at, expected: '', reached: at }
      }
    }
  }

  #rule(rule: R, at: number): Result<R> {
    const key = `${rule} ${at}`
    if (this.#known.has(key)) return this.#known.get(key)
    this.#depth++
    // What is left fails as if it were the wrong token: no stack holds any depth.
    const inner = this.#depth > mostDepth ? undefined : this.match(this.#grammar[rule], at)
    this.#depth--
    const isMatch = inner !== undefined && !isFailure(inner)
    const result = isMatch ? { next: inner.next, parts: [{ rule, parts: inner.parts }] } : inner
    this.#known.set(key, result)
    return result
  }

  #token(at: number, isWanted: (token: Token) => boolean): Result<R> {
    const token = this.#tokens[at]
    return token && isWanted(token) ? { next: at + 1, parts: [token] } : undefined
  }

  #all(patterns: readonly Pattern<R>[], start: number): Result<R> {
    let next = start
    const parts: (Tree<R> | Token)[] = []
    for (const [i, pattern] of patterns.entries()) {
      const result = this.match(pattern, next)
      if (result === undefined) {
        if (i === 0) return undefined
        return { at: next, expected: notationOf(patterns.slice(i)), reached: next }
      }
      if (isFailure(result)) return result
      next = result.next
      parts.push(...result.parts)
    }
    return { next, parts }
  }

  /** The first that matches, else the failure that came farthest, the last of several. */
  #any(patterns: readonly Pattern<R>[], at: number): Result<R> {
    let farthest: Failure | undefined
    for (const pattern of patterns) {
      const result = this.match(pattern, at)
      if (result === undefined) continue
      if (!isFailure(result)) return result
      if (result.reached >= (farthest?.reached ?? at)) farthest = result
    }
    return farthest && { ...farthest, reached: at }
  }

  #some(pattern: Pattern<R>, start: number, most: number): Match<R> {
    let next = start
    const parts: (Tree<R> | Token)[] = []
    for (let count = 0; count < most; count++) {
      const result = this.match(pattern, next)
      if (result === undefined || isFailure(result)) break
      next = result.next
      parts.push(...result.parts)
    }
    return { next, parts }
  }
}

function isFailure<R extends string>(result: Match<R> | Failure): result is Failure {
  return 'reached' in result
}

function notationOf<R extends string>(patterns: readonly Pattern<R>[]): string {
  return patterns.map(notation).join(' ')
}

function notation<R extends string>(pattern: Pattern<R>): string {
  switch (pattern.kind) {
    case 'token':
      return `<${pattern.of}>`
    case 'text':
      return quote(pattern.of)
    case 'rule':
      return pattern.of
    case 'all':
      return notationOf(pattern.of)
    case 'any':
      return `(${pattern.of.map(notation).join(' | ')})`
    case 'maybe':
      return `${grouped(pattern.of)}?`
    case 'many':
      return `${grouped(pattern.of)}*`
    case 'not':
      return `(?! ${notation(pattern.of)})`
  }
}

function grouped<R extends string>(pattern: Pattern<R>): string {
  return pattern.kind === 'all' ? `(${notation(pattern)})` : notation(pattern)
}

// Types that are written as strings: durations, sizes, URLs, patterns, words.

import { toText } from '../eval/coerce.ts'
import { ValueError } from '../eval/errors.ts'
import { formatBase2Bytes, parseBase2Bytes } from '../go/base2_bytes.ts'
import { formatDurationNs, msOfNs, nsOfMs, parseDurationNs } from '../go/duration.ts'
import { compileRe2 } from '../go/re2.ts'
import { parseUrl, redactUrl } from '../go/url.ts'
import { type Equality, type Literal, makeType, type Type } from './type.ts'

/**
 * Patterns that were found good, the newest: one is asked for again with every check of its block,
 * and configurations repeat them.
 */
const goodPatterns = new Set<string>()
const goodPatternsMax = 1_000

export interface TextOptions {
  /** What null holds, as it is shown; empty text unless said. */
  readonly zero?: string
  readonly equality?: Equality
}

/**
 * A type written as a string. The message of the parser's error is shown to the user. `canonical`
 * says how Go would print the text, where that is not how it was written. The parser must take
 * `zero` too.
 */
export function text<T, L extends Literal = string>(
  name: string,
  parse: (text: string) => T,
  print: (value: T) => string,
  canonical: (text: string) => string = (text) => text,
  { zero = '', equality = 'value' }: TextOptions = {},
): Type<T, L> {
  return makeType({
    word: 'string',
    name,
    zero,
    equality,
    normalize: (value) => {
      const written = toText(value)
      try {
        parse(written)
        return canonical(written)
      } catch (error) {
        throw new ValueError(error instanceof Error ? error.message : String(error), value)
      }
    },
    decode: (normal) => parse(normal as string), // canonical returned it
    encode: print,
  })
}

/** In ms for the component, fractions of a ms included; shown exact to the nanosecond. */
export const duration: Type<number, string> = text(
  'duration',
  (written) => msOfNs(parseDurationNs(written)),
  (ms) => formatDurationNs(nsOfMs(ms)),
  (written) => formatDurationNs(parseDurationNs(written)),
  { zero: '0s' },
)

/** In bytes; beyond 2^53 only what is shown stays exact. */
export const base2Bytes: Type<number, string> = text(
  'bytes',
  (written) => Number(parseBase2Bytes(written)),
  (bytes) => formatBase2Bytes(BigInt(bytes)),
  (written) => formatBase2Bytes(parseBase2Bytes(written)),
  { zero: '0B' },
)

export interface WordOptions<W extends string> {
  /** The error's text for a word that is not one of them. */
  readonly otherwise: (written: string) => string
  /** Further spellings, and what they mean. */
  readonly aliases?: { readonly [written: string]: W }
  /** What null holds and means. */
  readonly zero?: { readonly shown: string; readonly means: W }
  readonly ignoreCase?: boolean
}

/** One of a few words, such as the `action` of a relabel rule. The first is what null means. */
export function oneOf<const W extends string>(
  words: readonly W[],
  options: WordOptions<W>,
): Type<W, W> {
  const { otherwise, aliases = {}, zero = { shown: '', means: words[0]! }, ignoreCase } = options
  const find = (written: string): W | undefined => {
    const wanted = ignoreCase ? written.toLowerCase() : written
    return (
      words.find((word) => (ignoreCase ? word.toLowerCase() : word) === wanted) ?? aliases[written]
    )
  }
  return makeType({
    word: 'string',
    name: 'string',
    words,
    zero: zero.shown,
    normalize: (value) => {
      const written = toText(value)
      const word = find(written)
      if (word === undefined) throw new ValueError(otherwise(written), value)
      return word
    },
    decode: (normal) => find(normal as string) ?? zero.means, // normalize and zero are strings
    encode: (word) => word,
  })
}

/** The text itself, once `parse` has taken it. */
export function checked(
  name: string,
  check: (text: string) => void,
  options: TextOptions = {},
): Type<string, string> {
  const parse = (written: string): string => {
    check(written)
    return written
  }
  const plain = text(name, parse, (value) => value, undefined, options)
  // What was checked once need not be checked again.
  return { ...plain, decode: (normal) => normal as string }
}

/**
 * A URL as written: the original takes relative ones too, so that clients must ask for more. A
 * password in it is never shown.
 */
export const url: Type<string, string> = {
  ...checked('url', (written) => void parseUrl(written), { equality: 'identity' }),
  show: (normal) => redactUrl(parseUrl(normal as string)), // a text that was checked
}

/** What is wrong with a URL, in Go's words. */
export function urlProblem(written: string): string | undefined {
  try {
    parseUrl(written)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** What is wrong with an RE2 expression, in RE2's words. */
export function patternProblem(pattern: string): string | undefined {
  if (goodPatterns.has(pattern)) return undefined
  try {
    compileRe2(pattern)
    if (goodPatterns.size >= goodPatternsMax) goodPatterns.clear()
    goodPatterns.add(pattern)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** RE2 as relabeling compiles it: the whole text must match. As written, for the component. */
export const relabelPattern = checked(
  'regexp',
  (written) => {
    const problem = patternProblem(`^(?s:${written})$`)
    if (problem !== undefined) throw new Error(problem)
  },
  { equality: 'identity' },
)

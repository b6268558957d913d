// Selectors of loki.process' stage.match: a small part of LogQL. `{a="b", c!~"d"} |= "e" != "f"`
// Only double-quoted strings count: the original takes what stands in backticks for a name.
// Source of the behaviour: alloy/internal/loki/logql/expr.y.

import { unquote } from '../../go/quote.ts'
import { patternProblem } from '../../schema/texts.ts'

export interface SelectorProblem {
  readonly message: string
  /** Where in the text, in UTF-16 units. */
  readonly at: number
}

const tokens = /\s*(?:(\{|\}|,|=~|!~|!=|=|\|=|\|~)|([A-Za-z_]\w*)|("(?:[^"\\\n]|\\.)*")|($)|(.))/gsu

interface Token {
  readonly kind: 'operator' | 'name' | 'string' | 'end' | 'other'
  readonly text: string
  readonly at: number
}

export function selectorProblem(text: string): SelectorProblem | undefined {
  try {
    new Parser(text).selector()
    return undefined
  } catch (error) {
    if (error instanceof Unparsable) return { message: error.message, at: error.at }
    throw error
  }
}

class Unparsable extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

class Parser {
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(text: string) {
    this.#tokens = [...text.matchAll(tokens)].map(tokenOf)
  }

  selector(): void {
    this.#take('{')
    do this.#matcher()
    while (this.#accept(','))
    this.#take('}', '} or a comma')
    while (this.#peek().kind !== 'end') this.#filter()
  }

  #matcher(): void {
    const { kind } = this.#peek()
    if (kind !== 'name') this.#fail('the name of a label')
    this.#next++
    const operator = this.#peek().text
    if (!['=', '!=', '=~', '!~'].includes(operator)) this.#fail('=, !=, =~ or !~')
    this.#next++
    this.#string(operator.includes('~'), true)
  }

  #filter(): void {
    const operator = this.#peek().text
    if (!['|=', '!=', '|~', '!~'].includes(operator)) this.#fail('|=, !=, |~ or !~')
    this.#next++
    this.#string(operator.includes('~'), false)
  }

  #string(isPattern: boolean, isWhole: boolean): void {
    const token = this.#peek()
    if (token.kind !== 'string') this.#fail('a text in double quotes')
    this.#next++
    const value = unquoted(token)
    const problem = isPattern ? patternProblem(isWhole ? `^(?:${value})$` : value) : undefined
    if (problem !== undefined) throw new Unparsable(problem, token.at)
  }

  #take(operator: string, wanted = operator): void {
    if (!this.#accept(operator)) this.#fail(wanted)
  }

  #accept(operator: string): boolean {
    const { kind, text } = this.#peek()
    if (kind !== 'operator' || text !== operator) return false
    this.#next++
    return true
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: 0 }
  }

  #fail(wanted: string): never {
    const { kind, text, at } = this.#peek()
    throw new Unparsable(`expected ${wanted}, got ${kind === 'end' ? 'the end' : text}`, at)
  }
}

function tokenOf(match: RegExpExecArray): Token {
  const [whole, operator, name, string, end, other = ''] = match
  const text = operator ?? name ?? string ?? end ?? other
  const at = match.index + whole.length - text.length
  if (operator !== undefined) return { kind: 'operator', text, at }
  if (name !== undefined) return { kind: 'name', text, at }
  if (string !== undefined) return { kind: 'string', text, at }
  return { kind: end === undefined ? 'other' : 'end', text, at }
}

function unquoted({ text, at }: Token): string {
  try {
    return unquote(text)
  } catch {
    throw new Unparsable(`${text} has an escape that is none`, at)
  }
}

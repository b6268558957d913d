// Selectors of series as PromQL has them: up, {job="a"}, up{instance=~"10[.].*"}.

import { unquote } from '../go/quote.ts'
import { compileRe2 } from '../go/re2.ts'
import type { LabelSet } from './label_set.ts'

export type LabelSelector = (labels: LabelSet) => boolean

type Test = (value: string) => boolean

const tokens =
  /\s*(?:([a-zA-Z_:][a-zA-Z0-9_:]*)|(=~|!~|!=|=|[{},])|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`))/y

/** Throws an Error that says in which column something is wrong. */
export function parseLabelSelector(text: string): LabelSelector {
  return new Parser(text).selector()
}

class Parser {
  readonly #text: string
  #at = 0
  #token: string | undefined
  #isText = false

  constructor(text: string) {
    this.#text = text
    this.#advance()
  }

  selector(): LabelSelector {
    const tests: [name: string, test: Test][] = []
    if (this.#isName()) {
      const name = this.#take()
      tests.push(['__name__', (value) => value === name])
    }
    if (this.#is('{')) {
      this.#take()
      while (!this.#is('}')) {
        tests.push(this.#matcher())
        if (this.#is(',')) this.#take()
        else if (!this.#is('}')) throw this.#unexpected('"," or "}"')
      }
      this.#take()
    } else if (tests.length === 0) throw this.#unexpected('a metric name or "{"')
    if (this.#token !== undefined) throw this.#unexpected('the end')
    return (labels) => tests.every(([name, test]) => test(labels.get(name)))
  }

  #matcher(): [name: string, test: Test] {
    if (!this.#isName()) throw this.#unexpected('a label name')
    const name = this.#take()
    const operator = this.#take()
    if (!['=', '!=', '=~', '!~'].includes(operator)) throw this.#unexpected('an operator')
    if (!this.#isText) throw this.#unexpected('a text in quotes')
    const written = this.#take()
    const quoted = written.startsWith("'") ? `"${written.slice(1, -1)}"` : written
    const value = unquote(quoted)
    if (operator === '=') return [name, (actual) => actual === value]
    if (operator === '!=') return [name, (actual) => actual !== value]
    const pattern = compileRe2(value, { anchored: true })
    const wanted = operator === '=~'
    return [name, (actual) => pattern.test(actual) === wanted]
  }

  #is(token: string): boolean {
    return !this.#isText && this.#token === token
  }

  #isName(): boolean {
    return !this.#isText && /^[a-zA-Z_:]/.test(this.#token ?? '')
  }

  #take(): string {
    const token = this.#token
    if (token === undefined) throw this.#unexpected('more')
    this.#advance()
    return token
  }

  #advance(): void {
    if (this.#text.slice(this.#at).trim() === '') {
      this.#at = this.#text.length
      this.#token = undefined
      this.#isText = false
      return
    }
    tokens.lastIndex = this.#at
    const match = tokens.exec(this.#text)
    if (match === null) throw this.#unexpected('a name, an operator or a text')
    this.#at = tokens.lastIndex
    this.#isText = match[3] !== undefined
    this.#token = match[1] ?? match[2] ?? match[3]
  }

  #unexpected(wanted: string): Error {
    const token = this.#token === undefined ? 'end of input' : JSON.stringify(this.#token)
    return new Error(`1:${this.#at + 1}: parse error: unexpected ${token}, expected ${wanted}`)
  }
}

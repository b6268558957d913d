// The Prometheus text format as the static exporter reads it: stricter than a scrape, each line
// ended, names told apart by HELP and TYPE.
// Source of the behaviour: prometheus/common/expfmt/text_parse.go.

import { parseFloat64 } from '../../../go/float.ts'
import { parseInteger } from '../../../go/number.ts'
import { quote } from '../../../go/quote.ts'

const types: ReadonlySet<string> = new Set([
  'counter',
  'gauge',
  'histogram',
  'gaugehistogram',
  'summary',
  'untyped',
])
/** The label that tells the parts of a metric of this type apart, a number. */
const partLabels: ReadonlyMap<string, string> = new Map([
  ['summary', 'quantile'],
  ['histogram', 'le'],
  ['gaugehistogram', 'le'],
])
const partSuffixes = /_(?:bucket|count|sum)$/

const untilNewline = /[^\n]*/y
const untilBlank = /[^ \t\n]*/y
const metricName = /[a-zA-Z_:][\w:]*/y
const labelName = /[a-zA-Z_]\w*/y

/** `text format parsing error in line 1: …`; undefined where the text is fine. */
export function staticTextProblem(text: string): string | undefined {
  const reader = new Reader(text)
  try {
    reader.read()
    return undefined
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return `text format parsing error in line ${reader.line}: ${error.message}`
  }
}

class FormatError extends Error {}

interface Family {
  help?: string
  type?: string
}

class Reader {
  line = 0
  readonly #text: string
  #at = 0
  readonly #families = new Map<string, Family>()

  constructor(text: string) {
    this.#text = text
  }

  read(): void {
    for (;;) {
      this.line++
      this.#skipBlanks()
      if (this.#at >= this.#text.length) return
      const char = this.#peek()
      if (char === '\n') this.#at++
      else if (char === '#') this.#comment()
      else this.#sample()
    }
  }

  /** The next character, which must be there. */
  #peek(): string {
    const char = this.#text[this.#at]
    if (char === undefined) throw new FormatError('unexpected end of input stream')
    return char
  }

  #skipBlanks(): void {
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++
  }

  /** What the sticky pattern matches here; whatever ends it must be there. */
  #token(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const [token] = pattern.exec(this.#text) ?? ['']
    this.#at += token.length
    this.#peek()
    return token
  }

  #endsLine(): boolean {
    this.#skipBlanks()
    if (this.#peek() !== '\n') return false
    this.#at++
    return true
  }

  #restOfLine(): string {
    const rest = this.#token(untilNewline)
    this.#at++
    return rest
  }

  #comment(): void {
    this.#at++
    if (this.#endsLine()) return
    const keyword = this.#token(untilBlank)
    if (keyword !== 'HELP' && keyword !== 'TYPE') {
      this.#restOfLine()
      return
    }
    if (this.#endsLine()) return
    const name = this.#name(metricName)
    if (!/[ \t\n]/.test(this.#peek())) throw new FormatError('invalid metric name in comment')
    if (this.#endsLine()) return
    if (keyword === 'HELP') this.#help(name)
    else this.#type(name)
  }

  #help(name: string): void {
    const family = this.#family(name)
    if (family.help !== undefined) {
      throw new FormatError(`second HELP line for metric name ${quote(name)}`)
    }
    family.help = this.#restOfLine()
    const [, escaped] = /^(?:[^\\]|\\[\\n])*\\(?![\\n])(.?)/.exec(family.help) ?? []
    if (escaped !== undefined) throw new FormatError(`invalid escape sequence '\\${escaped}'`)
  }

  #type(name: string): void {
    const family = this.#family(name)
    if (family.type !== undefined) {
      throw new FormatError(
        `second TYPE line for metric name ${quote(name)}, or TYPE reported after samples`,
      )
    }
    const type = this.#restOfLine()
    if (!types.has(type.toLowerCase())) throw new FormatError(`unknown metric type ${quote(type)}`)
    family.type = type.toLowerCase()
  }

  #family(name: string): Family {
    const found = this.#families.get(name) ?? {}
    this.#families.set(name, found)
    return found
  }

  /** Of the family that a sample belongs to: parts are named after the whole. */
  #familyOfSample(name: string): Family {
    const whole = this.#families.get(name.replace(partSuffixes, ''))
    return whole?.type !== undefined && partLabels.has(whole.type) ? whole : this.#family(name)
  }

  #sample(): void {
    let name = ''
    if (this.#peek() !== '{') {
      name = this.#name(metricName)
      if (name === '') throw new FormatError('invalid metric name')
      this.#skipBlanks()
    }
    if (this.#peek() === '{') name = this.#labels(name)
    if (name === '') throw new FormatError('invalid metric name')
    this.#familyOfSample(name).type ??= 'untyped'
    this.#value()
  }

  /** Bare, or quoted where it holds other characters. */
  #name(bare: RegExp): string {
    if (this.#peek() !== '"') return this.#token(bare)
    return this.#quoted()
  }

  #quoted(): string {
    this.#at++
    let text = ''
    for (;;) {
      const char = this.#peek()
      this.#at++
      if (char === '"') return text
      if (char === '\n') {
        throw new FormatError(`label value ${quote(text)} contains unescaped new-line`)
      }
      if (char !== '\\') {
        text += char
        continue
      }
      const escaped = this.#peek()
      if (!'"\\n'.includes(escaped)) throw new FormatError(`invalid escape sequence '\\${escaped}'`)
      text += escaped === 'n' ? '\n' : escaped
      this.#at++
    }
  }

  /** Returns the name of the metric, which may stand among its labels. */
  #labels(outer: string): string {
    let name = outer
    const seen = new Set<string>()
    for (;;) {
      this.#at++
      this.#skipBlanks()
      if (this.#peek() === '}') break
      const isQuoted = this.#peek() === '"'
      const label = this.#name(labelName)
      if (label === '') throw new FormatError(`invalid label name for metric ${quote(name)}`)
      this.#skipBlanks()
      if (isQuoted && /[,}]/.test(this.#peek())) {
        if (name !== '') throw new FormatError(`multiple metric names for metric ${quote(name)}`)
        name = label
      } else {
        if (label === '__name__') throw new FormatError(`label name ${quote(label)} is reserved`)
        if (this.#peek() !== '=') {
          throw new FormatError(`expected '=' after label name, found '${this.#peek()}'`)
        }
        if (seen.has(label)) {
          throw new FormatError(`duplicate label names for metric ${quote(name)}`)
        }
        seen.add(label)
        this.#labelValue(name, label)
      }
      if (this.#peek() === '}') break
    }
    this.#at++
    this.#skipBlanks()
    return name
  }

  #labelValue(name: string, label: string): void {
    this.#at++
    this.#skipBlanks()
    if (this.#peek() !== '"') {
      throw new FormatError(`expected '"' at start of label value, found '${this.#peek()}'`)
    }
    const value = this.#quoted()
    const partLabel = partLabels.get(this.#familyOfSample(name).type ?? '')
    if (partLabel === label && !isFloat(value)) {
      throw new FormatError(`expected float as value for '${label}' label, got ${quote(value)}`)
    }
    this.#skipBlanks()
    if (!/[,}]/.test(this.#peek())) {
      throw new FormatError(`unexpected end of label value ${quote(value)}`)
    }
  }

  #value(): void {
    const value = this.#token(untilBlank)
    if (!isFloat(value)) throw new FormatError(`expected float as value, got ${quote(value)}`)
    if (this.#endsLine()) return
    const timestamp = this.#token(untilBlank)
    if (!isInteger(timestamp)) {
      throw new FormatError(`expected integer as timestamp, got ${quote(timestamp)}`)
    }
    const rest = this.#restOfLine()
    if (rest !== '') throw new FormatError(`spurious string after timestamp: ${quote(rest)}`)
  }
}

function isFloat(text: string): boolean {
  // Hexadecimal floats and digits kept apart by `_` are Go's, not of the format.
  return !/[pP_]/.test(text) && succeeds(() => parseFloat64(text))
}

function isInteger(text: string): boolean {
  return succeeds(() => parseInteger(text))
}

function succeeds(parse: () => unknown): boolean {
  try {
    parse()
    return true
  } catch {
    return false
  }
}

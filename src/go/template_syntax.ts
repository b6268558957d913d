// Whether a text is a template of Go's text/template. Only the syntax is looked at: actions,
// pipelines, blocks that end, functions and variables that exist.
// Source of the behaviour: Go's text/template/parse.

export interface TemplateProblem {
  readonly message: string
  /** Of the template, from 1. */
  readonly line: number
}

/** What text/template itself has; `functions` are those besides. */
export const builtinFunctions: ReadonlySet<string> = new Set(
  'and call eq ge gt html index js le len lt ne not or print printf println slice urlquery'.split(
    ' ',
  ),
)

export function templateProblem(
  text: string,
  functions: ReadonlySet<string>,
): TemplateProblem | undefined {
  try {
    new Parser(text, functions).template()
    return undefined
  } catch (error) {
    if (!(error instanceof Unparsable)) throw error
    return { message: error.message, line: text.slice(0, error.at).split('\n').length }
  }
}

class Unparsable extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

interface Token {
  readonly kind: 'word' | 'field' | 'variable' | 'string' | 'number' | 'operator' | 'space' | 'end'
  readonly text: string
  readonly at: number
}

const token = new RegExp(
  [
    /(?<space>\s+)/,
    /(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\[^xuU0-7]|\\(?:x..|u.{4}|U.{8}|[0-7]{3}))')/,
    /(?<number>[+-]?(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?|\.\d+)i?)/,
    /(?<field>\.[\p{L}_][\p{L}\p{Nd}_]*)/u,
    /(?<variable>\$[\p{L}\p{Nd}_]*)/u,
    /(?<word>[\p{L}_][\p{L}\p{Nd}_]*)/u,
    /(?<operator>:=|[=|(),.])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'uy',
)

/** A block that waits for its end. */
interface Open {
  readonly keyword: string
  readonly at: number
  /** Variables from here on end with it. */
  readonly variables: number
  hasElse: boolean
}

/** Deeper nesting is refused, so that nothing recurses without bound. */
const depthMax = 200

class Parser {
  readonly #text: string
  readonly #functions: ReadonlySet<string>
  readonly #open: Open[] = []
  readonly #variables: string[] = ['$']
  #tokens: readonly Token[] = []
  #next = 0
  #depth = 0

  constructor(text: string, functions: ReadonlySet<string>) {
    this.#text = text
    this.#functions = functions
  }

  template(): void {
    let at = this.#text.indexOf('{{')
    while (at >= 0) {
      const end = this.#action(at)
      at = this.#text.indexOf('{{', end)
    }
    const open = this.#open.at(-1)
    if (open !== undefined) throw new Unparsable(`{{${open.keyword}}} has no {{end}}`, open.at)
  }

  /** From its braces on; returns where it ends. */
  #action(start: number): number {
    const inner = start + (/^\{\{-\s/.test(this.#text.slice(start, start + 4)) ? 4 : 2)
    if (this.#text.startsWith('/*', inner)) return this.#comment(start, inner)
    this.#tokens = this.#scan(inner)
    this.#next = 0
    const end = this.#tokens.at(-1)!
    this.#statement(start)
    if (this.#peek().kind !== 'end') this.#fail('the end of the action')
    return end.at + end.text.length
  }

  #comment(start: number, at: number): number {
    const [whole] = /^\/\*[\s\S]*?\*\/(?: -)?\}\}/.exec(this.#text.slice(at)) ?? []
    if (whole === undefined) throw new Unparsable('the comment does not end', start)
    return at + whole.length
  }

  #scan(from: number): readonly Token[] {
    const tokens: Token[] = []
    for (let at = from; ; ) {
      const [end] = /^(?:\s+-)?\}\}/.exec(this.#text.slice(at, at + 64)) ?? []
      if (end !== undefined) return [...tokens, { kind: 'end', text: end, at }]
      token.lastIndex = at
      const match = token.exec(this.#text)
      if (match === null) {
        const rest = [...this.#text.slice(at)][0]
        throw new Unparsable(
          rest === undefined ? 'the action does not end' : `unexpected ${rest}`,
          at,
        )
      }
      const [kind] = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined)!
      tokens.push({ kind: kind as Token['kind'], text: match[0], at }) // the groups are kinds
      at += match[0].length
    }
  }

  #statement(start: number): void {
    this.#skipSpace()
    const { kind, text } = this.#peek()
    if (kind === 'word' && keywords.has(text)) {
      this.#next++
      this.#keyword(text, start)
    } else this.#pipeline(true)
    this.#skipSpace()
  }

  #keyword(word: string, at: number): void {
    const open = this.#open.at(-1)
    switch (word) {
      case 'end':
        if (open === undefined) throw new Unparsable('unexpected {{end}}', at)
        this.#variables.length = open.variables
        this.#open.pop()
        break
      case 'else':
        this.#else(open, at)
        break
      case 'break':
      case 'continue':
        if (this.#open.every(({ keyword }) => keyword !== 'range')) {
          throw new Unparsable(`{{${word}}} outside {{range}}`, at)
        }
        break
      case 'template':
        this.#name()
        this.#skipSpace()
        if (this.#peek().kind !== 'end') this.#pipeline(false)
        break
      case 'define':
      case 'block':
        this.#enter(word, at)
        this.#name()
        if (word === 'block') this.#pipeline(true)
        break
      default:
        this.#enter(word, at)
        this.#pipeline(true, word === 'range')
    }
  }

  #else(open: Open | undefined, at: number): void {
    if (open === undefined || open.hasElse || !['if', 'with', 'range'].includes(open.keyword)) {
      throw new Unparsable('unexpected {{else}}', at)
    }
    this.#skipSpace()
    const { kind, text } = this.#peek()
    if (kind === 'word' && text === open.keyword && text !== 'range') {
      this.#next++
      this.#pipeline(true)
    } else open.hasElse = true
  }

  #enter(keyword: string, at: number): void {
    if (this.#open.length >= depthMax) throw new Unparsable('blocks are nested too deep', at)
    this.#open.push({ keyword, at, variables: this.#variables.length, hasElse: false })
  }

  #name(): void {
    this.#skipSpace()
    if (this.#peek().kind !== 'string') this.#fail('a name in quotes')
    this.#next++
  }

  /** `$x := a | b c`, where variables are declared; `range` takes two. */
  #pipeline(declares: boolean, takesTwo = false): void {
    if (++this.#depth > depthMax) this.#fail('less nesting')
    if (declares) this.#variables.push(...this.#declared(takesTwo))
    this.#command(false)
    while (this.#accept('|')) {
      this.#skipSpace()
      // A bar that nothing follows is taken, as in the original.
      if (this.#peek().kind !== 'end') this.#command(true)
    }
    this.#depth--
  }

  #declared(takesTwo: boolean): string[] {
    const start = this.#next
    const names: string[] = []
    do {
      this.#skipSpace()
      const { kind, text } = this.#peek()
      if (kind !== 'variable') break
      names.push(text)
      this.#next++
    } while (takesTwo && names.length < 2 && this.#accept(','))
    if (names.length > 0 && this.#accept(':=')) return names
    // Whether they exist is only seen when it runs.
    if (names.length > 0 && this.#accept('=')) return []
    this.#next = start
    return []
  }

  /** Operands with blanks between them; behind a bar the first must be something to call. */
  #command(isBehindBar: boolean): void {
    this.#skipSpace()
    if (isBehindBar && this.#isConstant()) this.#fail('a function')
    let count = 0
    for (;;) {
      const { kind, text } = this.#peek()
      if (kind === 'end' || text === '|' || text === ')') break
      this.#operand(count)
      count++
      const next = this.#peek()
      const isOver = next.kind === 'end' || next.text === '|' || next.text === ')'
      if (next.kind !== 'space' && !isOver) this.#fail('a blank')
      this.#skipSpace()
    }
    if (count === 0) this.#fail('a value')
  }

  #operand(index: number): void {
    const { kind, text } = this.#peek()
    this.#next++
    if (kind === 'variable') this.#variable(text)
    else if (kind === 'word') this.#word(text)
    else if (text === '(') {
      this.#pipeline(false)
      if (!this.#accept(')')) this.#fail(')')
    } else if (!['field', 'string', 'number'].includes(kind) && text !== '.') {
      this.#next--
      this.#fail(index === 0 ? 'a value' : 'an argument')
    }
    const isValue = kind === 'string' || kind === 'number' || constants.has(text)
    if (isValue && this.#peek().kind === 'field') this.#fail('a blank')
    while (this.#peek().kind === 'field') this.#next++
  }

  #isConstant(): boolean {
    const { kind, text } = this.#peek()
    return kind === 'string' || kind === 'number' || constants.has(text)
  }

  #word(word: string): void {
    if (constants.has(word)) return
    if (builtinFunctions.has(word) || this.#functions.has(word)) return
    throw new Unparsable(`function "${word}" not defined`, this.#tokens[this.#next - 1]!.at)
  }

  #variable(name: string): void {
    if (this.#variables.includes(name)) return
    throw new Unparsable(`undefined variable "${name}"`, this.#tokens[this.#next - 1]!.at)
  }

  #accept(operator: string): boolean {
    this.#skipSpace()
    if (this.#peek().text !== operator || this.#peek().kind !== 'operator') return false
    this.#next++
    return true
  }

  #skipSpace(): void {
    if (this.#peek().kind === 'space') this.#next++
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? this.#tokens.at(-1)!
  }

  #fail(wanted: string): never {
    const { kind, text, at } = this.#peek()
    throw new Unparsable(`expected ${wanted}, got ${kind === 'end' ? 'the end' : text}`, at)
  }
}

const constants: ReadonlySet<string> = new Set(['true', 'false', 'nil', '.'])

const keywords: ReadonlySet<string> = new Set([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'range',
  'template',
  'with',
])

// The formatter: prints trees in the one canonical layout.
// Source: syntax/printer of Grafana Alloy, as measured.

import { quote } from '../go/quote.ts'
import { Printer } from './printer.ts'
import { positionOf, type Source } from './source.ts'
import type {
  BlockStatement,
  CallExpression,
  Expression,
  File,
  ObjectExpression,
  ObjectField,
  Statement,
} from './tree.ts'

/** Tabs and the like end cells, and blanks at the end of a line are dropped, in literals too. */
const isAlteredByAlignment = /[\t\v\f]| \n/

export interface FormatOptions {
  /**
   * `original` is byte for byte what the original prints, even where that changes a string or no
   * longer parses; `safe` departs from it only there.
   */
  readonly layout?: 'original' | 'safe'
  /** Expressions whose text must not be shown: `(secret)` stands for each. */
  readonly isSecret?: (expression: Expression) => boolean
}

/** The formatted text of a file, without a newline at its end. */
export function formatFile(file: File, options: FormatOptions = {}): string {
  const { source, comments, body } = file
  const printer = new Printer({ source, comments, isSafe: options.layout === 'safe' })
  new Layout(source, printer, options).body(body)
  return printer.finish()
}

/** An expression as the formatter prints it; error messages quote values so. */
export function printExpression(expression: Expression, options: FormatOptions = {}): string {
  const { source } = expression.span
  const printer = new Printer({ source, comments: [], isSafe: options.layout === 'safe' })
  new Layout(source, printer, options).expression(expression)
  return printer.finish()
}

/** Decides what stands between the texts of a tree, from the lines on which they were written. */
class Layout {
  readonly #source: Source
  readonly #printer: Printer
  readonly #isSecret: ((expression: Expression) => boolean) | undefined
  readonly #isSafe: boolean

  constructor(source: Source, printer: Printer, { isSecret, layout }: FormatOptions) {
    this.#source = source
    this.#printer = printer
    this.#isSecret = isSecret
    this.#isSafe = layout === 'safe'
  }

  /** A statement of several lines ends the run of statements that are aligned with one another. */
  body(statements: readonly Statement[]): void {
    let previousEnd: number | undefined
    for (const statement of statements) {
      const { start, end } = statement.span
      if (previousEnd !== undefined) {
        const isApart = this.#line(start) - this.#line(previousEnd - 1) > 1
        if (statement.kind === 'block' || isApart) this.#printer.space('\f')
      }
      this.#statement(statement)
      this.#printer.space(this.#isMultiline(start, end) ? '\f' : '\n')
      previousEnd = end
    }
  }

  #line(offset: number): number {
    return positionOf(this.#source, offset).line
  }

  #isMultiline(start: number, end: number): boolean {
    return this.#line(start) !== this.#line(end - 1)
  }

  #statement(statement: Statement): void {
    if (statement.kind === 'block') {
      this.#block(statement)
    } else {
      this.#printer.text(statement.name, statement.nameSpan.start)
      this.#assign(statement.value)
    }
  }

  #assign(value: Expression): void {
    this.#printer.space('\v')
    this.#printer.text('=')
    this.#printer.space(' ')
    this.expression(value)
  }

  #block({ name, nameSpan, label, labelSpan, body, open, close }: BlockStatement): void {
    const printer = this.#printer
    printer.text(name, nameSpan.start)
    if (label !== '') {
      printer.space(' ')
      printer.text(quote(label), labelSpan?.start)
    }
    printer.space(' ')
    printer.text('{', open)
    printer.space('>', body.length > 0 ? '\f' : ' ')
    this.body(body)
    printer.space('<')
    printer.text('}', close)
  }

  expression(expression: Expression): void {
    const printer = this.#printer
    const { start } = expression.span
    if (this.#isSecret?.(expression)) {
      printer.text('(secret)', start)
      return
    }
    switch (expression.kind) {
      case 'literal':
        if (this.#isSafe && isAlteredByAlignment.test(expression.text)) {
          printer.opaque(expression.text, start)
        } else {
          printer.text(expression.text, start)
        }
        break
      case 'identifier':
        printer.text(expression.name, start)
        break
      case 'array':
        this.#array(expression.elements, start, expression.span.end - 1)
        break
      case 'object':
        this.#object(expression)
        break
      case 'access':
        this.expression(expression.value)
        if (isInteger(expression.value)) printer.space(' ')
        printer.text('.')
        printer.text(expression.name, this.#safely(expression.nameSpan.start))
        break
      case 'index':
        this.expression(expression.value)
        printer.text('[', expression.open)
        this.expression(expression.index)
        printer.text(']', expression.span.end - 1)
        break
      case 'call':
        this.#call(expression)
        break
      case 'unary':
        printer.text(expression.operator, start)
        this.expression(expression.value)
        break
      case 'binary':
        this.expression(expression.left)
        printer.space(' ')
        printer.text(expression.operator, expression.operatorSpan.start)
        printer.space(' ')
        this.expression(expression.right)
        break
      case 'paren':
        printer.text('(', this.#safely(start))
        this.expression(expression.value)
        printer.text(')', this.#safely(expression.span.end - 1))
        break
    }
  }

  /** The place of a token that the original lets drift, so that comments move behind it. */
  #safely(offset: number): number | undefined {
    return this.#isSafe ? offset : undefined
  }

  #array(elements: readonly Expression[], open: number, close: number): void {
    const printer = this.#printer
    printer.text('[', open)
    let line = this.#line(open)
    for (const [i, element] of elements.entries()) {
      const isOnNewLine = this.#line(element.span.start) !== line
      if (isOnNewLine) printer.space('>', '\f')
      else if (i > 0) printer.space(' ')
      this.expression(element)
      if (isOnNewLine) printer.space('<')
      if (i + 1 < elements.length) printer.text(',')
      line = this.#line(element.span.end - 1)
    }
    if (elements.length > 0 && this.#line(close) !== line) {
      printer.text(',')
      printer.space('>', '\f', '<')
    }
    printer.text(']', close)
  }

  #object({ fields, span }: ObjectExpression): void {
    const printer = this.#printer
    const close = span.end - 1
    printer.text('{', span.start)
    printer.space('>')
    let previous: ObjectField | undefined
    let line = this.#line(span.start)
    for (const field of fields) {
      if (previous !== undefined) printer.text(',')
      if (this.#line(field.nameSpan.start) !== line) {
        const isAligned = previous !== undefined && !this.#spansLines(previous.value)
        printer.space(isAligned ? '\n' : '\f')
      } else if (previous !== undefined) {
        printer.space(' ')
      }
      printer.text(this.#key(field), field.nameSpan.start)
      this.#assign(field.value)
      line = this.#line(field.nameSpan.end - 1)
      previous = field
    }
    if (previous !== undefined && this.#line(close) !== line) {
      printer.text(',')
      printer.space('\f')
    }
    printer.space('<')
    printer.text('}', close)
  }

  /** The empty key has its quotes already. Quoting doubles the backslashes that a key has. */
  #key({ name, quoted }: ObjectField): string {
    if (!quoted || name === '""') return name
    return this.#isSafe ? `"${name}"` : quote(name)
  }

  #spansLines({ span }: Expression): boolean {
    return this.#isMultiline(span.start, span.end)
  }

  #call({ callee, open, args, span }: CallExpression): void {
    const printer = this.#printer
    this.expression(callee)
    printer.text('(', this.#safely(open))
    let line = this.#line(open)
    for (const [i, argument] of args.entries()) {
      const isOnNewLine = this.#line(argument.span.start) !== line
      if (isOnNewLine) printer.space('\f', '>')
      this.expression(argument)
      if (i + 1 < args.length) {
        printer.text(',')
        printer.space(' ')
      }
      if (isOnNewLine) printer.space('<')
      line = this.#line(argument.span.end - 1)
    }
    const close = span.end - 1
    if (this.#line(close) !== line && !(this.#isSafe && args.length === 0)) {
      printer.text(',')
      printer.space('\f')
    }
    printer.text(')', this.#safely(close))
  }
}

/** A dot right after an integer would make it a float. */
function isInteger(expression: Expression): boolean {
  return expression.kind === 'literal' && expression.type === 'number'
}

// Types of D-Bus as their signatures write them: `a{sv}`, `(so)`.
// Source: D-Bus Specification, Type System.

export type DbusType =
  | { readonly code: BasicCode }
  | { readonly code: 'v' }
  | { readonly code: 'a'; readonly element: DbusType }
  | { readonly code: '('; readonly fields: readonly DbusType[] }

export type BasicCode = 'y' | 'b' | 'n' | 'q' | 'i' | 'u' | 'x' | 't' | 'd' | 's' | 'o' | 'g' | 'h'

const basicCodes = new Set<string>('ybnqiuxtdsogh')

/** The specification allows 32 arrays within 32 structures. */
const depthMax = 64

/** The single types of a signature. Throws where it is none. Dictionary entries are structures. */
export function parseSignature(signature: string): readonly DbusType[] {
  const parser = new SignatureParser(signature)
  const types: DbusType[] = []
  while (!parser.isAtEnd) types.push(parser.type(0))
  return types
}

class SignatureParser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length
  }

  type(depth: number): DbusType {
    const code = this.#text[this.#at++] ?? ''
    if (basicCodes.has(code)) return { code: code as BasicCode }
    if (code === 'v') return { code }
    if (depth === depthMax) throw this.#wrong()
    if (code === 'a') return { code, element: this.type(depth + 1) }
    if (code === '(') return { code, fields: this.#fields(')', depth) }
    if (code === '{') return { code: '(', fields: this.#fields('}', depth) }
    throw this.#wrong()
  }

  #fields(end: string, depth: number): readonly DbusType[] {
    const fields: DbusType[] = []
    while (this.#text[this.#at] !== end) fields.push(this.type(depth + 1))
    this.#at++
    if (fields.length === 0) throw this.#wrong()
    return fields
  }

  #wrong(): Error {
    return new Error(`cannot read the D-Bus signature ${JSON.stringify(this.#text)}`)
  }
}

/** What a value of the type is aligned to, in bytes. */
export function alignmentOf({ code }: DbusType): 1 | 2 | 4 | 8 {
  if (code === 'y' || code === 'g' || code === 'v') return 1
  if (code === 'n' || code === 'q') return 2
  if (code === 'x' || code === 't' || code === 'd' || code === '(') return 8
  return 4
}

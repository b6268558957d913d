// Colours for Alloy text, a line at a time.

export type TokenKind = 'plain' | 'string' | 'number' | 'word' | 'comment' | 'secret' | 'name'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
}

const pattern =
  /(\/\/.*$)|(\(secret\))|("(?:[^"\\]|\\.)*"?)|(\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|([A-Za-z_][\w.]*)/g

const kinds: readonly TokenKind[] = ['comment', 'secret', 'string', 'number', 'word']
const constants = /^(true|false|null)$/

/** The pieces of a line, in order; together they are the line. */
export function alloyTokens(line: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const add = (kind: TokenKind, text: string) => {
    if (text !== '') tokens.push({ kind, text })
  }
  for (const match of line.matchAll(pattern)) {
    add('plain', line.slice(at, match.index))
    const [text] = match
    const kind = kinds[match.slice(1).findIndex((group) => group !== undefined)] ?? 'plain'
    at = match.index + text.length
    add(kind === 'word' ? wordKind(text, line.slice(at)) : kind, text)
  }
  add('plain', line.slice(at))
  return tokens
}

/** Names are what is assigned, or begins a block. */
function wordKind(word: string, rest: string): TokenKind {
  if (constants.test(word)) return 'number'
  return /^\s*(=[^=]|\{|"[^"]*"\s*\{)/.test(rest) ? 'name' : 'plain'
}

// Finds what looks like a secret in text that is no tree: comments, files that do not parse, and
// URLs wherever they stand. It reads bytes as Latin-1, so that offsets stay those of the source.

import { textOf } from '../go/text.ts'
import { isCredentialName } from '../schema/credential_names.ts'
import type { Concealed } from '../syntax/concealed.ts'
import type { Source, Span } from '../syntax/source.ts'

const assignment = /([A-Za-z_][\w.-]*|"[^"\n]*")[ \t]*[=:][ \t]*/g

const quoted = /(["`])((?<=")(?:\\.|[^"\\\n])*|(?<=`)[^`]*)\1?/g

/** A number, or a reference such as `local.file.token.content`. */
const harmless = /^(?:\d|[A-Za-z_]\w*(?:\.\w+)+$)/

/** User info as Go reads it, or up to a later `@` where a password has a slash in it. */
const userInfo = /:\/\/(?:([^\s"'`/?#@]+)|([^\s"'`/?#@:]+:(?!\d*(?:[\s"'`/?#]|$))[^\s"'`]*))@/g

/** User names and passwords of URLs. */
export function urlSecrets(source: Source): Concealed[] {
  const text = latin1(source)
  const found: Concealed[] = []
  for (const match of text.matchAll(userInfo)) {
    const [, short, long = ''] = match
    const info = short ?? long
    const start = match.index + 3
    const span = { source, start, end: start + info.length }
    const written = textOf(source.bytes.subarray(span.start, span.end))
    const parts = written.split(/[:/?#@]/).slice(1)
    const texts = [written, ...parts, written.slice(written.indexOf(':') + 1)]
    found.push({ span, texts: [...texts, ...texts.map(unescaped)], isPublic: false })
  }
  return found
}

/** The values of names like `password` within a part of the source. */
export function looseSecrets(source: Source, from = 0, to = source.bytes.length): Concealed[] {
  const text = latin1(source, from, to)
  const found: Concealed[] = []
  assignment.lastIndex = 0
  for (let match = assignment.exec(text); match !== null; match = assignment.exec(text)) {
    if (!isCredentialName((match[1] ?? '').replaceAll('"', ''))) continue
    const start = assignment.lastIndex
    const end = valueEnd(text, start)
    found.push(...valueSecrets(source, text.slice(start, end), from + start))
    assignment.lastIndex = Math.max(start, end)
  }
  return found
}

function valueSecrets(source: Source, value: string, at: number): Concealed[] {
  const strings = [...value.matchAll(quoted)]
  if (strings.length > 0) {
    return strings.map(({ 2: inner = '', index }) => {
      const start = at + index + 1
      return concealedAt({ source, start, end: start + inner.length })
    })
  }
  const word = /^[^\s,}\])]+/.exec(value)?.[0] ?? ''
  return word === '' || harmless.test(word)
    ? []
    : [concealedAt({ source, start: at, end: at + word.length })]
}

function concealedAt(span: Span): Concealed {
  const written = textOf(span.source.bytes.subarray(span.start, span.end))
  return { span, texts: [written], isPublic: false }
}

/** The end of the line, or of the brackets or raw string that begin there. */
function valueEnd(text: string, start: number): number {
  const lineEnd = text.indexOf('\n', start)
  const end = lineEnd < 0 ? text.length : lineEnd
  const opening = text[start]
  if (opening === '`') {
    const close = text.indexOf('`', start + 1)
    return close < 0 ? text.length : close + 1
  }
  const closing = opening === '[' ? ']' : opening === '{' ? '}' : undefined
  if (closing === undefined) return end
  const close = text.indexOf(closing, start)
  return close < 0 ? text.length : Math.max(close, start)
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // Not escaped, then.
  }
}

function latin1({ bytes }: Source, from = 0, to = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')
}

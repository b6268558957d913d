// Secrets within sources: what is written there, and must not be repeated by reports.

import { textOf } from '../go/text.ts'
import type { Diagnostic } from './diagnostics.ts'
import type { Source, Span } from './source.ts'

/** A part of a source that no report shows. */
export interface Concealed {
  /** Without the quotes around it. */
  readonly span: Span
  /** How messages may repeat it: as written, as it reads, and as Go quotes it. */
  readonly texts: readonly string[]
  /** The user says that logs may show it. */
  readonly isPublic: boolean
}

/** Shorter texts are blotted out only where the diagnostic is about them: they occur anywhere. */
const wordLengthMin = 8

/** Shorter texts even there only between quotes. */
const partLengthMin = 4

/** The diagnostics with stars in place of what is concealed, one for each character. */
export function concealDiagnostics<D extends Diagnostic>(
  list: readonly D[],
  concealed: readonly Concealed[],
): readonly D[] {
  // Few secrets are repeated; all by all diagnostics would take seconds in large configurations.
  const said = list.map(({ message, value = '' }) => `${message}\n${value}`).join('\n')
  const repeated = (text: string) => text !== '' && said.includes(text)
  const texts = [...new Set(concealed.flatMap((each) => each.texts))]
    .filter(repeated)
    .sort((a, b) => b.length - a.length)
  if (texts.length === 0) return list
  return list.map((diagnostic) => {
    const near = concealed.filter(({ span }) => touches(diagnostic.span, span))
    const own = new Set(near.flatMap((each) => each.texts))
    const { message, value } = diagnostic
    const shown = value === undefined ? {} : { value: conceal(value, texts, own) }
    return { ...diagnostic, message: conceal(message, texts, own), ...shown }
  })
}

/** A diagnostic without a place may be about anything. */
function touches(span: Span | undefined, other: Span): boolean {
  if (span === undefined) return true
  return span.source === other.source && span.start <= other.end && other.start <= span.end
}

/** `all` with the longest first: others may be part of it. */
function conceal(text: string, all: readonly string[], own: ReadonlySet<string>): string {
  let result = text
  for (const secret of all) {
    const isOwn = own.has(secret)
    if (secret.length >= wordLengthMin || (isOwn && secret.length >= partLengthMin)) {
      result = result.replaceAll(secret, stars(secret))
    } else if (isOwn) {
      result = result.replaceAll(`"${secret}"`, `"${stars(secret)}"`)
    }
  }
  return result
}

/** The text of a range of bytes with stars in place of what is concealed. */
export function concealedText(
  source: Source,
  start: number,
  end: number,
  concealed: readonly Concealed[],
): string {
  let text = ''
  let at = start
  for (const { span } of concealed.toSorted((a, b) => a.span.start - b.span.start)) {
    if (span.source !== source || span.end <= at || span.start >= end) continue
    const from = Math.max(at, span.start)
    const to = Math.min(end, span.end)
    text += textOf(source.bytes.subarray(at, from))
    text += stars(textOf(source.bytes.subarray(from, to)))
    at = to
  }
  return text + textOf(source.bytes.subarray(at, end))
}

/** Blanks stay what they are, so that lines and columns do too. */
function stars(text: string): string {
  return text.replace(/[^\t\v\r\n]/gu, '*')
}

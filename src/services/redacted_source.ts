// Configuration files as others may read them: support bundles and the API.

import type { Catalog } from '../engine/catalog.ts'
import { looseSecrets, urlSecrets } from '../engine/loose_secrets.ts'
import { secretsOf } from '../engine/secret_literals.ts'
import { nextTurn } from '../engine/slice.ts'
import type { ConfigSource } from '../engine/sources.ts'
import { bytesOf, textOf } from '../go/text.ts'
import { isCredentialName } from '../schema/credential_names.ts'
import { Diagnostics } from '../syntax/diagnostics.ts'
import { parseFile } from '../syntax/parser.ts'
import { createSource, type Source, type Span } from '../syntax/source.ts'
import type { File, LiteralExpression } from '../syntax/tree.ts'
import { walk } from '../syntax/walk.ts'

export interface RedactionOptions {
  readonly catalog: Catalog
  /** Blots out the secrets that are known from elsewhere; `SecretMask.apply`. */
  mask(text: string): string
}

export interface RedactedSource {
  /** As the source is named. */
  readonly name: string
  readonly text: string
}

const hidden = '(secret)'

/**
 * The texts with `"(secret)"` in place of every secret, at any depth, and all else as written,
 * comments included. A file that does not parse is read more suspiciously: it loses more.
 */
export async function redactedSources(
  sources: readonly ConfigSource[],
  { catalog, mask }: RedactionOptions,
): Promise<RedactedSource[]> {
  const redacted: RedactedSource[] = []
  for (const { name, bytes } of sources) {
    redacted.push({ name, text: mask(await redactedConfig(createSource(name, bytes), catalog)) })
  }
  return redacted
}

/** As `redactedSources`, of a text that is no configuration: flags, names of the environment. */
export function redactedText(text: string, mask: (text: string) => string): string {
  const source = createSource('', bytesOf(text))
  const all = whole(source)
  const loose = looseSecrets(source).map(({ span }) => wordWithin(span, all))
  const urls = urlSecrets(source).map(({ span }) => span)
  const queries = querySecrets(source)
  const ranges = [...queries, ...urls, ...except(queries, loose)]
  return mask(
    edited(
      source,
      ranges.map((range) => ({ ...range, text: hidden })),
    ),
  )
}

async function redactedConfig(source: Source, catalog: Catalog): Promise<string> {
  const diagnostics = new Diagnostics()
  const file = parseFile(source, diagnostics)
  const didParse = diagnostics.errors === 0
  // Each of these steps takes a tenth of a second for a file of half a megabyte.
  await nextTurn()
  const concealed = await secretsOf([file], catalog, didParse)
  const comments = didParse ? file.comments.flat().map(({ span }) => span) : [whole(source)]
  const edits = concealed.map(({ span }) => editOf(span, comments))
  await nextTurn()
  const queries = querySecrets(source)
  const embedded = except(queries, embeddedSecrets(file))
  for (const range of [...queries, ...logins(source), ...embedded])
    edits.push({ ...range, text: hidden })
  return edited(source, edits)
}

interface Range {
  readonly start: number
  readonly end: number
}

function whole(source: Source): Span {
  return { source, start: 0, end: source.bytes.length }
}

/** What strings hold that are configuration themselves, such as YAML for exporters. */
function embeddedSecrets({ source, body }: File): Range[] {
  const literals: LiteralExpression[] = []
  for (const statement of body) {
    walk(statement, (node) => {
      if (node.kind === 'literal' && node.type === 'string') literals.push(node)
      return true
    })
  }
  return literals.flatMap(({ span }) => {
    const inner = { source, start: span.start + 1, end: span.end - 1 }
    const found = looseSecrets(source, inner.start, inner.end)
    return found.map((each) => wordWithin(each.span, inner))
  })
}

/** A secret without quotes may contain what ends a word elsewhere: it reaches to the next blank. */
function wordWithin({ source, start, end }: Span, { end: limit }: Range): Range {
  let to = end
  while (to < limit && !wordEnds.includes(source.bytes[to]!)) to++
  return { start, end: to }
}

const wordEnds = [...'\t\v\r\n "`'].map((char) => char.charCodeAt(0))

/** Values of URLs' queries such as `?access_token=…`. */
function querySecrets({ bytes }: Source): Range[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return [...text.matchAll(/[?&]([\w.-]+)=([^\s&"'`#]+)/g)]
    .filter(([, name = '']) => isCredentialName(name))
    .map(({ 0: whole, 2: value = '', index }) => {
      const end = index + whole.length
      return { start: end - value.length, end }
    })
}

/** Of addresses such as `"user:password@host:80"`, which targets may have. */
function logins({ bytes }: Source): Range[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return [...text.matchAll(/(?<=["'`])[^\s"'`/@:]+:(?!\/\/)[^\s"'`]*(?=@[\w[(.-])/g)].map(
    ({ 0: login, index }) => ({ start: index, end: index + login.length }),
  )
}

/** A query's values end where the next one begins, not at a blank. */
function except(queries: readonly Range[], ranges: readonly Range[]): readonly Range[] {
  const starts = new Set(queries.map(({ start }) => start))
  return ranges.filter(({ start }) => !starts.has(start))
}

interface Edit extends Range {
  readonly text: string
}

const doubleQuote = 0x22
const backtick = 0x60
const slash = 0x2f

/** Whole strings lose their quotes too, so that raw ones become ordinary ones as in upstream. */
function editOf(span: Span, comments: readonly Span[]): Edit {
  const { source, start, end } = span
  const before = source.bytes[start - 1]
  if (before === doubleQuote || before === backtick) {
    const isClosed = source.bytes[end] === before
    return { start: start - 1, end: isClosed ? end + 1 : end, text: `"${hidden}"` }
  }
  // User and password of a URL are a part of its string.
  if (before === slash) return { start, end, text: hidden }
  const comment = lastBefore(comments, start)
  const isWithin = comment !== undefined && end <= comment.end
  const range = isWithin ? wordWithin(span, textWithin(comment)) : { start, end }
  return { ...range, text: `"${hidden}"` }
}

/** The last that begins at an offset or before; they are in order. */
function lastBefore(spans: readonly Span[], offset: number): Span | undefined {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (spans[middle]!.start <= offset) low = middle + 1
    else high = middle
  }
  return spans[low - 1]
}

/** A comment up to the slash that ends it. */
function textWithin({ source, start, end }: Span): Range {
  const isClosed = source.bytes[end - 1] === slash && source.bytes[start + 1] !== slash
  return { start, end: isClosed ? end - 2 : end }
}

/** Where edits overlap the one that begins first covers both. */
function edited({ bytes }: Source, edits: Edit[]): string {
  edits.sort((a, b) => a.start - b.start || b.end - a.end)
  let text = ''
  let at = 0
  for (const edit of edits) {
    if (edit.start >= at) text += textOf(bytes.subarray(at, edit.start)) + edit.text
    at = Math.max(at, edit.end)
  }
  return text + textOf(bytes.subarray(at))
}

// YAML documents as values, the way yaml.v3 decodes them into Go's any.

import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml'
import { quote } from '../../go/quote.ts'
import { isEscaped, textOf } from '../../go/text.ts'
import { Capsule, Uint64, type Value } from '../value.ts'
import { parseNumber, parseTimestamp, resolvePlain } from './scalar.ts'

const depthMax = 10_000
/** Values made through aliases; a document that wants more repeats itself on purpose. */
const aliasedMax = 1_000_000
const standardTag = 'tag:yaml.org,2002:'

/** The first document. Throws an `Error` whose message starts with `yaml: `. */
export function decodeYaml(text: string): Value {
  if (isEscaped(text)) throw new Error('yaml: invalid leading UTF-8 octet')
  const lines = new LineCounter()
  const documents = parse(text, lines)
  const document = documents[0]
  if (document === undefined) return null
  const error = document.errors[0]
  if (error !== undefined) throw new Error(`yaml: ${describe(error, text)}`)
  return new Decoder(document, lines).decode()
}

function parse(text: string, lineCounter: LineCounter): readonly Document[] {
  try {
    const options = { schema: 'failsafe', uniqueKeys: false, lineCounter, logLevel: 'silent' }
    const documents = parseAllDocuments(text, options as Parameters<typeof parseAllDocuments>[1])
    return Array.isArray(documents) ? documents : []
  } catch (error) {
    if (error instanceof RangeError) throw new Error(`yaml: exceeded max depth of ${depthMax}`)
    throw error
  }
}

class Decoder {
  readonly #document: Document
  readonly #lines: LineCounter
  readonly #targets: ReadonlyMap<Alias, Node>
  readonly #open = new Set<Node>()
  readonly #duplicates: string[] = []
  #depth = 0
  #aliased = 0

  constructor(document: Document, lines: LineCounter) {
    this.#document = document
    this.#lines = lines
    this.#targets = targetsOf(document)
  }

  decode(): Value {
    const value = this.#value(this.#document.contents)
    if (this.#duplicates.length === 0) return value
    throw new Error(`yaml: unmarshal errors:\n  ${this.#duplicates.join('\n  ')}`)
  }

  #value(node: Node | null | undefined): Value {
    if (node === null || node === undefined) return null
    if (this.#open.size > 0 && ++this.#aliased > aliasedMax) {
      throw new Error('yaml: document contains excessive aliasing')
    }
    if (isAlias(node)) return this.#alias(node)
    if (isScalar(node)) return scalar(node)
    if (++this.#depth > depthMax) throw new Error(`yaml: exceeded max depth of ${depthMax}`)
    const value = isSeq(node)
      ? node.items.map((item) => this.#value(item as Node)) // parsed items are nodes
      : isMap(node)
        ? this.#map(node)
        : null
    this.#depth--
    return value
  }

  #alias(alias: Alias): Value {
    const node = this.#resolve(alias)
    if (this.#open.has(node))
      throw new Error(`yaml: anchor '${alias.source}' value contains itself`)
    this.#open.add(node)
    const value = this.#value(node)
    this.#open.delete(node)
    return value
  }

  #resolve(alias: Alias): Node {
    const node = this.#targets.get(alias)
    if (node !== undefined) return node
    throw new Error(`yaml: unknown anchor '${alias.source}' referenced`)
  }

  /** A map with keys other than strings is opaque, as Go's `map[interface {}]interface {}` is. */
  #map(map: YAMLMap): Value {
    const entries: [Value, Value][] = []
    const merges: Node[] = []
    const firstLines = new Map<Value, number>()
    for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
      if (isMergeKey(key)) {
        if (value !== null) merges.push(value)
        continue
      }
      const name = this.#value(key)
      const line = this.#lineOf(key)
      const first = firstLines.get(name)
      if (first !== undefined) {
        const text = typeof name === 'string' ? quote(name) : String(name)
        this.#duplicates.push(`line ${line}: mapping key ${text} already defined at line ${first}`)
      }
      firstLines.set(name, line)
      entries.push([name, this.#value(value)])
    }
    const own = new Set(entries.map(([name]) => name))
    for (const merge of merges) {
      for (const [name, value] of this.#merged(merge)) {
        if (own.has(name)) continue
        own.add(name)
        entries.push([name, value])
      }
    }
    if (entries.every(isNamed)) return new Map(entries)
    return new Capsule('map[interface {}]interface {}', new Map(entries))
  }

  /** The entries of the maps under `<<`, in order of preference. */
  #merged(node: Node): readonly [Value, Value][] {
    const target = isAlias(node) ? this.#resolve(node) : node
    if (isSeq(target)) return target.items.flatMap((item) => this.#merged(item as Node))
    if (!isMap(target)) {
      throw new Error('yaml: map merge requires map or sequence of maps as the value')
    }
    const value = this.#value(node)
    if (value instanceof Map) return [...value]
    return value instanceof Capsule && value.content instanceof Map ? [...value.content] : []
  }

  #lineOf(node: Node | null): number {
    return this.#lines.linePos(node?.range?.[0] ?? 0).line
  }
}

/** What each alias stands for: the last node before it that has the anchor. */
function targetsOf(document: Document): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  visit(document, {
    Alias(_, alias) {
      const target = anchors.get(alias.source)
      if (target !== undefined) targets.set(alias, target)
    },
    Value(_, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
  })
  return targets
}

function isNamed(entry: [Value, Value]): entry is [string, Value] {
  return typeof entry[0] === 'string'
}

function isMergeKey(key: Node | null): boolean {
  if (!isScalar(key)) return false
  return key.tag === `${standardTag}merge` || (key.type === 'PLAIN' && key.source === '<<')
}

function scalar(node: Scalar): Value {
  const text = node.source ?? ''
  const { tag } = node
  if (tag === undefined || tag === '') return node.type === 'PLAIN' ? resolvePlain(text) : text
  if (!tag.startsWith(standardTag)) return text
  const name = tag.slice(standardTag.length)
  const value = tagged(name, text)
  if (value !== undefined) return value
  throw new Error(`yaml: cannot decode !!str \`${text}\` as a !!${name}`)
}

function tagged(name: string, text: string): Value | undefined {
  const plain = resolvePlain(text)
  switch (name) {
    case 'int':
      return typeof plain === 'bigint' || plain instanceof Uint64 ? plain : undefined
    case 'float': {
      const number = parseNumber(text) ?? plain
      if (typeof number === 'bigint') return Number(number)
      return typeof number === 'number' ? number : undefined
    }
    case 'bool':
      return typeof plain === 'boolean' ? plain : undefined
    case 'null':
      return plain === null ? null : undefined
    case 'timestamp':
      return parseTimestamp(text)
    case 'binary':
      return binary(text)
    default:
      return text
  }
}

function binary(text: string): string {
  const base64 = text.replaceAll(/\s/g, '')
  const isValid = base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64)
  if (!isValid) throw new Error('yaml: !!binary value contains invalid base64 data')
  return textOf(Buffer.from(base64, 'base64'))
}

/** In yaml.v3's words where they are known. */
function describe(error: YAMLError, text: string): string {
  const line = error.linePos?.[0].line ?? 1
  const isCutShort = /[[{,]\s*$/.test(text)
  const message =
    error.code === 'BLOCK_AS_IMPLICIT_KEY' || /Nested mappings/.test(error.message)
      ? 'mapping values are not allowed in this context'
      : error.code === 'TAB_AS_INDENT'
        ? 'found character that cannot start any token'
        : error.code === 'MISSING_CHAR' && /quote/.test(error.message)
          ? 'found unexpected end of stream'
          : isCutShort
            ? 'did not find expected node content'
            : 'did not find expected key'
  return `line ${line}: ${message}`
}

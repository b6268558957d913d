// `components/ID/exports`: a part of one export, for lists of thousands of targets.

import type { DebugStatement } from '../../engine/debug_info.ts'
import { Slice } from '../../engine/slice.ts'
import { isNumber, toText } from '../../eval/coerce.ts'
import { Capsule, type ObjectValue, type Value } from '../../eval/value.ts'
import { goStyle, valuePieces } from '../../schema/value_json.ts'
import { maskedValue } from '../../services/masked_component.ts'
import type { ProgramView } from './program_view.ts'
import { BadRequest, type Page, pageNames } from './query.ts'
import { type TextSearch, textSearch } from './text_search.ts'
import { withoutUserInfo } from './user_info.ts'

export const exportNames = ['path', 'q', ...pageNames] as const

export interface ExportFilter extends Page {
  /** An export, and the keys below it: `targets`, `values.a`. */
  readonly path: string
  /** A part of a key or value, in any case. */
  readonly text: string
}

export interface EncodedPage {
  readonly total: number
  /** JSON, each. */
  readonly items: readonly string[]
}

/** Elements of a list, entries of an object, or the value itself. Throws `BadRequest`. */
export async function exportPage(
  exports: readonly DebugStatement[],
  { mask }: ProgramView,
  filter: ExportFilter,
): Promise<EncodedPage> {
  const finds = textSearch(filter.text)
  const shown = (text: string) => mask(withoutUserInfo(text))
  const items: string[] = []
  let total = 0
  const slice = new Slice()
  for (const item of itemsOf(valueAt(exports, filter.path))) {
    if (slice.due()) await slice.pause()
    if (filter.text !== '' && !hasText(item, finds)) continue
    const masked = { ...item, value: maskedValue(item.value, shown) }
    // A secret is not found either: the number of those that match would tell.
    if (filter.text !== '' && !hasText(masked, finds)) continue
    if (total >= filter.offset && items.length < filter.limit) items.push(encoded(masked))
    total++
  }
  return { total, items }
}

interface Item {
  /** Of an entry of an object. */
  readonly key?: string
  readonly value: Value
}

function valueAt(exports: readonly DebugStatement[], path: string): Value {
  const names = exports.map(({ name }) => name)
  const [first, ...keys] = path.split('.')
  const found = exports.find(({ name }) => name === first)
  if (found?.kind !== 'attribute') {
    const known = names.length === 0 ? 'it exports nothing' : `one of ${names.join(', ')}`
    throw new BadRequest(`parameter "path" must begin with an export: ${known}`)
  }
  let value = found.value
  for (const key of keys) {
    const inner = objectOf(value)?.get(key)
    if (inner === undefined) {
      throw new BadRequest(`there is no ${JSON.stringify(key)} at ${JSON.stringify(path)}`)
    }
    value = inner
  }
  return value
}

function* itemsOf(value: Value): Generator<Item> {
  const object = objectOf(value)
  if (Array.isArray(value)) for (const element of value) yield { value: element }
  else if (object === undefined) yield { value }
  else for (const [key, entry] of object) yield { key, value: entry }
}

function objectOf(value: Value): ObjectValue | undefined {
  if (value instanceof Map) return value
  return value instanceof Capsule ? value.asObject?.() : undefined
}

function hasText({ key, value }: Item, finds: TextSearch): boolean {
  if (key !== undefined && finds(key)) return true
  if (typeof value === 'string') return finds(value)
  if (typeof value === 'boolean') return finds(String(value))
  if (isNumber(value)) return finds(toText(value))
  if (Array.isArray(value)) return value.some((each) => hasText({ value: each }, finds))
  for (const [name, inner] of objectOf(value) ?? []) {
    if (hasText({ key: name, value: inner }, finds)) return true
  }
  return false
}

function encoded({ key, value }: Item): string {
  const text = [...valuePieces(value, goStyle)].join('')
  return key === undefined ? text : `{"key":${goStyle.string(key)},"value":${text}}`
}

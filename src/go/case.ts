// Upper and lower case as Go's strings package maps it: rune by rune, one rune to one rune.

import { isAssignedLater, isSpace } from './unicode.ts'

/** The text in lower case; İ becomes i, a final Σ becomes σ, invalid bytes become U+FFFD. */
export function toLower(text: string): string {
  return isAscii(text) ? text.toLowerCase() : mapRunes(text, lowerOf)
}

/** The text in upper case; ß and ligatures stay, invalid bytes become U+FFFD. */
export function toUpper(text: string): string {
  return isAscii(text) ? text.toUpperCase() : mapRunes(text, upperOf)
}

/** The text without White_Space at either end, as `strings.TrimSpace`. */
export function trimSpace(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false
  return true
}

function mapRunes(text: string, map: (rune: string) => string): string {
  let mapped = ''
  for (const rune of text) {
    const unit = rune.charCodeAt(0)
    const isLone = rune.length === 1 && unit >= 0xd800 && unit <= 0xdfff
    mapped += isLone ? '\ufffd' : map(rune)
  }
  return mapped
}

function lowerOf(rune: string): string {
  return rune === 'İ' ? 'i' : simple(rune, rune.toLowerCase())
}

function upperOf(rune: string): string {
  const upper = rune.toUpperCase()
  // Greek with iota subscript: Unicode's full mapping spells the iota out, the simple one keeps it.
  if (upper.length > rune.length) return upperWithIota(rune)
  return simple(rune, upper)
}

function simple(rune: string, mapped: string): string {
  if (isAssignedLater(rune.codePointAt(0)!) || isAssignedLater(mapped.codePointAt(0)!)) return rune
  return mapped
}

function upperWithIota(rune: string): string {
  const code = rune.charCodeAt(0)
  const isLowerRow = code >= 0x1f80 && code <= 0x1faf && (code & 8) === 0
  if (isLowerRow) return String.fromCharCode(code + 8)
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCharCode(code + 9)
  return rune
}

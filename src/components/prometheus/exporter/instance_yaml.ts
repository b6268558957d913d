// Settings as Go's yaml.v2 and yaml.v3 write them, which differ in how far they indent.

import { parseNumber, parseTimestamp } from '../../../eval/yaml/scalar.ts'
import { bytesOf } from '../../../go/text.ts'

/** Words that YAML 1.1 takes for a boolean, null or a number. */
const words = new Set([
  '',
  '~',
  ...spellings('null'),
  ...['y', 'yes', 'on', 'true', 'n', 'no', 'off', 'false'].flatMap(spellings),
  ...['.inf', '+.inf', '-.inf'].flatMap((word) => [
    word,
    word.replace('inf', 'Inf'),
    word.toUpperCase(),
  ]),
  ...['.nan', '.NaN', '.NAN'],
])
const base60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/

/** What begins something else, or ends the scalar, when it is not quoted. */
const marked = /^[#,[\]{}&*!|>'"%@`]|^[-?](?:\s|$)|^:$|^---|^\.\.\.|:(?:\s|$)|\s#|^ | $/

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
}

export type Setting = readonly [name: string, value: string | boolean | readonly string[]]

/** A mapping, in the notation of this version of the library. */
export function yamlOf(settings: readonly Setting[], version: 2 | 3): string {
  const step = version === 2 ? 2 : 4
  const margin = version === 2 ? '' : '    '
  return settings
    .map(([name, value]) => {
      if (typeof value === 'boolean') return `${name}: ${value}\n`
      if (typeof value === 'string') return `${name}: ${scalar(value, step, step)}\n`
      if (value.length === 0) return `${name}: []\n`
      const elements = value.map((element) => {
        return `${margin}- ${scalar(element, margin.length + 2, step)}\n`
      })
      return `${name}:\n${elements.join('')}`
    })
    .join('')
}

/** Bare where nothing else could be meant; `depth` is that of lines of its own. */
function scalar(text: string, depth: number, step: number): string {
  if (!text.isWellFormed()) return `!!binary ${btoa(String.fromCharCode(...bytesOf(text)))}`
  const isEscaped = [...text].some(isUnprintable)
  if (isEscaped || (text.includes('\n') && / (?:\n|$)/.test(text))) return doubleQuoted(text)
  if (text.includes('\n')) return literal(text, depth, step)
  if (isOther(text)) return doubleQuoted(text)
  return marked.test(text) ? `'${text.replaceAll("'", "''")}'` : text
}

/** Of control characters, byte order marks, and all beyond 16 bits. */
function isUnprintable(char: string): boolean {
  const code = char.codePointAt(0)!
  if (code < 0xa0) return (code < 0x20 && char !== '\n') || code >= 0x7f
  return code >= 0xfffe || code === 0xfeff
}

function spellings(word: string): string[] {
  return [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]
}

/** Whether it would be read as something else than a string. */
function isOther(text: string): boolean {
  if (words.has(text) || base60.test(text)) return true
  if (!/^[-+.\d]/.test(text)) return false
  return parseNumber(text) !== undefined || parseTimestamp(text) !== undefined
}

function doubleQuoted(text: string): string {
  const escaped = [...text].map((char) => {
    const known = escapes[char]
    if (known !== undefined) return known
    return isUnprintable(char) ? numbered(char.codePointAt(0)!) : char
  })
  return `"${escaped.join('')}"`
}

function numbered(code: number): string {
  const digits = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}

/** The lines as they are; the header tells the indentation and the newlines at the end. */
function literal(text: string, depth: number, step: number): string {
  const hint = /^[ \n]/.test(text) ? step : ''
  const lines = text.replace(/\n$/, '').split('\n')
  const chomping = text.endsWith('\n') ? (/(?:^|\n)\n$/.test(text) ? '+' : '') : '-'
  const indented = lines.map((line) => (line === '' ? '' : ' '.repeat(depth) + line))
  // The third version takes a newline at the beginning for that of the header.
  const start = step === 4 && text.startsWith('\n') ? '' : '\n'
  return `|${hint}${chomping}${start}${indented.join('\n')}`
}

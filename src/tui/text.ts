// Text for a terminal: made harmless, measured in columns, cut and padded; and figures as people
// read them.

import stringWidth from 'string-width'

const plain = /^[\x20-\x7e]*$/

/**
 * Text whose every character takes one column: Latin, lines, blocks and signs. Asking string-width
 * for each character of a drawn graph took 30 ms a frame.
 */
const narrow = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2026\u2500-\u25fc\u2716]*$/

/**
 * What moves the cursor, changes colours or turns the direction of writing is shown instead of
 * sent: labels and log lines may be an attacker's. ESC becomes `^[`, a C1 control or a
 * bidirectional mark `<9b>`; tabs and ends of lines become spaces.
 */
export function harmless(text: string): string {
  if (plain.test(text)) return text
  return text.replaceAll(dangerous, shown)
}

/** C0, DEL, C1, bidirectional and invisible marks, halves of surrogate pairs. */
const dangerous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function shown(char: string): string {
  const code = char.charCodeAt(0)
  if (char === '\t' || char === '\n' || char === '\r') return ' '
  if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`
  return `<${code.toString(16)}>`
}

/** For terminals without UTF-8. */
export function asciiOnly(text: string): string {
  return plain.test(text) ? text : text.replaceAll(/[^\x20-\x7e]/gu, '?')
}

/** In columns. */
export function widthOf(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text)
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** As much of the beginning as fits. */
export function cut(text: string, width: number): string {
  if (narrow.test(text)) return text.slice(0, Math.max(0, width))
  let used = 0
  let end = 0
  for (const { index, segment } of graphemes.segment(text)) {
    used += stringWidth(segment)
    if (used > width) return text.slice(0, end)
    end = index + segment.length
  }
  return text
}

/** With the middle left out where it does not fit: ids differ at their ends. */
export function shorten(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text
  const room = width - widthOf(ellipsis)
  if (room <= 0) return cut(text, width)
  const head = Math.ceil(room / 2)
  return cut(text, head) + ellipsis + cutStart(text, room - head)
}

/** As much of the end as fits. */
function cutStart(text: string, width: number): string {
  if (narrow.test(text)) return width <= 0 ? '' : text.slice(-width)
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment)
  let used = 0
  let start = parts.length
  while (start > 0 && used + stringWidth(parts[start - 1]!) <= width) {
    used += stringWidth(parts[--start]!)
  }
  return parts.slice(start).join('')
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text
}

const steps = ['', 'k', 'M', 'G', 'T', 'P'] as const

/** In four to five columns: `0`, `0.52`, `9.7`, `812`, `12.1k`. */
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '-'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const sign = value < 0 ? '-' : ''
  let size = Math.abs(value)
  let step = 0
  while (size >= 999.5 && step < steps.length - 1) {
    size /= 1000
    step++
  }
  if (size >= 999.5) return value.toExponential(0)
  return `${sign}${digits(size, step > 0)}${steps[step]}`
}

function digits(size: number, isScaled: boolean): string {
  if (size === 0) return '0'
  if (size >= 99.95) return size.toFixed(0)
  if (size >= 9.995 && !isScaled) return trimmed(size.toFixed(1))
  if (size >= 9.995) return size.toFixed(1)
  return trimmed(size.toFixed(size < 1 ? 2 : 1))
}

function trimmed(text: string): string {
  return text.replace(/\.?0+$/, '')
}

/** `512B`, `1.5K`, `212M`: powers of 1024. */
export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '-'
  let size = value
  let step = 0
  while (size >= 1023.5 && step < 5) {
    size /= 1024
    step++
  }
  return `${digits(size, true)}${['B', 'K', 'M', 'G', 'T', 'P'][step]}`
}

/** The two largest units of a time: `0.4s`, `12s`, `3m4s`, `3d4h`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return '-'
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 0.001) return '0s'
  if (seconds < 1)
    return seconds < 0.1 ? `${Math.round(seconds * 1000)}ms` : `${trimmed(seconds.toFixed(1))}s`
  const whole = Math.round(seconds)
  if (whole < 60) return seconds < 9.95 ? `${trimmed(seconds.toFixed(1))}s` : `${whole}s`
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'm'],
    [whole % 60, 's'],
  ] as const
  const first = parts.findIndex(([amount]) => amount > 0)
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join('')
}

/** The newest points, one column each, from 0 to the largest. */
export function sparkline(
  points: readonly (number | null)[],
  width: number,
  levels: string,
): string {
  const visible = points.slice(-width)
  const most = Math.max(0, ...visible.map((each) => each ?? 0))
  const glyphs = [...levels]
  const line = visible.map((each) => {
    if (each === null) return ' '
    if (most === 0 || each <= 0) return glyphs[0]
    return glyphs[Math.max(1, Math.ceil((each / most) * (glyphs.length - 1)))]
  })
  return line.join('').padStart(width)
}

/** `13:04:05` in the local time zone. */
export function clockTime(ms: number): string {
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

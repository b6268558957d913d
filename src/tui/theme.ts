// Colours and signs. Signs carry the meaning, colours only repeat it.

import { asciiOnly, cut, harmless, padEnd, widthOf } from './text.ts'

export type Role =
  | 'text'
  | 'dim'
  | 'title'
  | 'key'
  | 'good'
  | 'warn'
  | 'bad'
  | 'accent'
  | 'metric'
  | 'log'
  | 'trace'

/** A piece of a line. */
export type Span = string | readonly [role: Role, text: string]

export interface Glyphs {
  readonly healthy: string
  readonly unhealthy: string
  readonly exited: string
  readonly unknown: string
  readonly cursor: string
  readonly ellipsis: string
  readonly arrow: string
  readonly back: string
  readonly marked: string
  readonly rule: string
  /** From nothing to the most. */
  readonly levels: string
  /** By the directions in which a line goes on: 1 up, 2 right, 4 down, 8 left. */
  readonly lines: string
  readonly branch: string
  readonly lastBranch: string
  readonly trunk: string
}

export interface Theme {
  readonly glyphs: Glyphs
  readonly isAscii: boolean
  /** Makes one line of at most `width` columns. One that is selected is filled up and inverse. */
  line(spans: readonly Span[], width: number, isSelected?: boolean): string
}

export interface ThemeOptions {
  readonly color: boolean
  readonly ascii: boolean
}

const unicode: Glyphs = {
  healthy: '●',
  unhealthy: '▲',
  exited: '✖',
  unknown: '○',
  cursor: '▶',
  ellipsis: '…',
  arrow: '▶',
  back: '◀',
  marked: '◆',
  rule: '─',
  levels: '▁▂▃▄▅▆▇█',
  lines: ' ╵╶└╷│┌├╴┘─┴┐┤┬┼',
  branch: '├─ ',
  lastBranch: '└─ ',
  trunk: '│  ',
}

const ascii: Glyphs = {
  healthy: 'o',
  unhealthy: '!',
  exited: 'x',
  unknown: '?',
  cursor: '>',
  ellipsis: '..',
  arrow: '>',
  back: '<',
  marked: '*',
  rule: '-',
  levels: ' .:-=+*#',
  lines: ' |-+||++-+-++++++',
  branch: '|- ',
  lastBranch: '`- ',
  trunk: '|  ',
}

/** SGR parameters: the sixteen colours that every terminal sets to its own taste. */
const codes: Readonly<Record<Role, string>> = {
  text: '',
  dim: '2',
  title: '1',
  key: '1;36',
  good: '32',
  warn: '33',
  bad: '1;31',
  accent: '36',
  metric: '36',
  log: '33',
  trace: '35',
}

export function themeOf(options: ThemeOptions): Theme {
  const safe = options.ascii ? (text: string) => asciiOnly(harmless(text)) : harmless
  return {
    glyphs: options.ascii ? ascii : unicode,
    isAscii: options.ascii,
    line(spans, width, isSelected = false) {
      const inverse = isSelected && options.color
      let line = ''
      let left = width
      for (const span of spans) {
        if (left <= 0) break
        const [role, raw] = typeof span === 'string' ? (['text', span] as const) : span
        const text = cut(safe(raw), left)
        left -= widthOf(text)
        line += options.color ? coloured(text, codes[role], inverse) : text
      }
      if (!inverse) return options.color ? line : line.trimEnd()
      return line + coloured(padEnd('', left), '', true)
    },
  }
}

function coloured(text: string, code: string, inverse: boolean): string {
  if (text === '' || (code === '' && !inverse)) return text
  const all = inverse ? (code === '' || code === '2' ? '7' : `7;${code}`) : code
  return `\x1b[${all}m${text}\x1b[0m`
}

export function roleOfHealth(state: string): Role {
  if (state === 'healthy') return 'good'
  if (state === 'unhealthy') return 'warn'
  return state === 'exited' ? 'bad' : 'dim'
}

export function glyphOfHealth(state: string, glyphs: Glyphs): string {
  if (state === 'healthy') return glyphs.healthy
  if (state === 'unhealthy') return glyphs.unhealthy
  return state === 'exited' ? glyphs.exited : glyphs.unknown
}

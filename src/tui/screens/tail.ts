// What grows at its end: the newest lines at the bottom, unless one has scrolled up.

import { clockTime } from '../text.ts'
import type { Role, Span, Theme } from '../theme.ts'

/** `scroll` lines above the end, as far as there are any. */
export function tailOf<T>(rows: readonly T[], scroll: number, height: number): readonly T[] {
  const end = Math.max(Math.min(height, rows.length), rows.length - scroll)
  return rows.slice(Math.max(0, end - height), end)
}

export function timedLine(
  atMs: number,
  label: readonly [role: Role, text: string],
  text: Span,
  width: number,
  theme: Theme,
): string {
  return theme.line([['dim', ` ${clockTime(atMs)} `], label, ' ', text], width)
}

// Durations as Prometheus writes them: `1d`, `1h30m`, `250ms`; whole numbers, units that shrink.

import { quote } from './quote.ts'

const units = ['y', 'w', 'd', 'h', 'm', 's', 'ms']
const unitMs = [31_536_000_000n, 604_800_000n, 86_400_000n, 3_600_000n, 60_000n, 1000n, 1n]
const nsMax = (1n << 63n) - 1n
const uint64Max = (1n << 64n) - 1n
const part = /([0-9]+)([^0-9]+)/y

/**
 * The duration in ms. Throws `empty duration string`, `not a valid duration string: "x"`,
 * `unknown unit "q" in duration "5q"` or `duration out of range`.
 */
export function parsePrometheusDuration(text: string): number {
  if (text === '0') return 0
  if (text === '') throw new Error('empty duration string')
  let total = 0n
  let lastUnit = -1
  part.lastIndex = 0
  while (part.lastIndex < text.length) {
    const [, amount = '', unit = ''] = part.exec(text) ?? []
    const count = amount === '' ? uint64Max + 1n : BigInt(amount)
    if (count > uint64Max) throw new Error(`not a valid duration string: ${quote(text)}`)
    const index = units.indexOf(unit)
    if (index < 0) throw new Error(`unknown unit ${quote(unit)} in duration ${quote(text)}`)
    if (index <= lastUnit) throw new Error(`not a valid duration string: ${quote(text)}`)
    lastUnit = index
    total += count * unitMs[index]!
    if (total * 1_000_000n > nsMax) throw new Error('duration out of range')
  }
  return Number(total)
}

/** Prints ms: years and weeks only where nothing remains, fractions of a ms cut off. */
export function formatPrometheusDuration(ms: number): string {
  let rest = BigInt(Math.trunc(Math.abs(ms)))
  if (rest === 0n) return '0s'
  let text = ms < 0 ? '-' : ''
  for (const [i, unit] of units.entries()) {
    const size = unitMs[i]!
    const mustDivide = unit === 'y' || unit === 'w'
    if (rest < size || (mustDivide && rest % size !== 0n)) continue
    text += `${rest / size}${unit}`
    rest %= size
  }
  return text
}

// V8's linear engine as the fallback of RegExp: the one file here that needs Node.

import { setFlagsFromString } from 'node:v8'
import { trustLinearFallback } from './re2.ts'

/** Backtracks after which V8 changes the engine; a few long texts of `.*a.*b` pass below it. */
const backtracksMax = 2_000

/** Without the fallback this takes 2^20 steps, some 50 ms. */
const hostile = '^(a+)+$'
const hostileText = `${'a'.repeat(20)}!`
const linearMsMax = 10

/**
 * Switches the fallback on, tests that it works, and lets patterns rely on it. Returns whether it
 * does; if not, such patterns run in re2js. Call it before the first regular expression runs.
 */
export function enableLinearFallback(): boolean {
  setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks')
  setFlagsFromString(`--regexp-backtracks-before-fallback=${backtracksMax}`)
  for (let attempt = 0; attempt < 3; attempt++) {
    const pattern = new RegExp(`${hostile}|x{${attempt}}y`)
    const start = performance.now()
    const isRight = !pattern.test(hostileText)
    if (isRight && performance.now() - start < linearMsMax) {
      trustLinearFallback()
      return true
    }
  }
  return false
}

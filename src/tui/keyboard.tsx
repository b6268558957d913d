// Keys as Ink reads them from a terminal.

import { type Key as InkKey, useInput } from 'ink'
import type { Key } from './keys.ts'

/** Shows nothing: frames are painted beside Ink. */
export function Keyboard({ onKey }: { readonly onKey: (key: Key) => void }) {
  useInput((input, key) => {
    for (const each of keysOf(input, key)) onKey(each)
  })
  return null
}

const named: readonly (readonly [flag: keyof InkKey, name: string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
]

/** What is pasted, or typed fast, comes as one input. */
function keysOf(input: string, key: InkKey): Key[] {
  const found = named.find(([flag]) => key[flag] === true)
  if (found !== undefined) return [{ name: found[1], ctrl: key.ctrl }]
  if (key.meta) return []
  if (key.ctrl) return [{ name: input, ctrl: true }]
  return [...input].map((char) => {
    if (char === '\r' || char === '\n') return { name: 'enter', ctrl: false }
    return { name: char === '\t' ? 'tab' : char, ctrl: false }
  })
}

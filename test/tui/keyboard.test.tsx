import { render } from 'ink-testing-library'
import { describe, expect, it, vi } from 'vitest'
import { Keyboard } from '../../src/tui/keyboard.tsx'
import type { Key } from '../../src/tui/keys.ts'

async function read(input: string, count: number): Promise<string[]> {
  const keys: Key[] = []
  const { stdin, unmount } = render(<Keyboard onKey={(key) => keys.push(key)} />)
  // Ink listens once it has drawn.
  await new Promise((resolve) => setTimeout(resolve, 20))
  stdin.write(input)
  await vi.waitFor(() => expect(keys).toHaveLength(count))
  unmount()
  return keys.map(({ ctrl, name }) => (ctrl ? `C-${name}` : name))
}

describe('keys of a terminal', () => {
  it.each([
    ['a', ['a']],
    ['G', ['G']],
    [':', [':']],
    ['/', ['/']],
    ['?', ['?']],
    ['\u001b[A', ['up']],
    ['\u001b[B', ['down']],
    ['\u001b[C', ['right']],
    ['\u001b[D', ['left']],
    ['\u001bOA', ['up']],
    ['\u001b[5~', ['pageup']],
    ['\u001b[6~', ['pagedown']],
    ['\u001b[H', ['home']],
    ['\u001b[F', ['end']],
    ['\r', ['enter']],
    ['\t', ['tab']],
    ['\u007f', ['backspace']],
    ['\u001b', ['escape']],
    ['\u0003', ['C-c']],
    ['\u001a', ['C-z']],
    ['\u0012', ['C-r']],
    ['graph x\r', ['g', 'r', 'a', 'p', 'h', ' ', 'x', 'enter']],
    ['ä😀', ['ä', '😀']],
  ])('%j', async (input, expected) => {
    expect(await read(input, expected.length)).toEqual(expected)
  })
})

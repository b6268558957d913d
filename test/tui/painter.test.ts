import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Painter } from '../../src/tui/painter.ts'

function painted(frames: readonly (readonly string[])[]): string[] {
  const written: string[] = []
  const painter = new Painter((text) => written.push(text))
  for (const frame of frames) painter.paint(frame)
  return written
}

/** A cleared screen, or a line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const written = /\x1b\[2J|\x1b\[(\d+);1H\x1b\[0m\x1b\[2K([^\x1b]*)/g

/** What a terminal shows that knows only what the painter writes. */
class Screen {
  rows: string[] = []

  write(text: string): void {
    for (const [, row, line] of text.matchAll(written)) {
      if (row === undefined) this.rows = []
      else this.rows[Number(row) - 1] = line ?? ''
    }
  }

  lines(count: number): string[] {
    return Array.from({ length: count }, (_, i) => this.rows[i] ?? '')
  }
}

describe('painter', () => {
  it('writes only what has changed', () => {
    const [first, second] = painted([
      ['a', 'b', 'c'],
      ['a', 'x', 'c'],
    ])
    expect(first).toContain('\x1b[2J')
    expect(second).toBe('\x1b[2;1H\x1b[0m\x1b[2Kx')
  })

  it('writes nothing where nothing has changed', () => {
    expect(painted([['a'], ['a'], ['a']])).toHaveLength(1)
  })

  it('clears the lines that a shorter frame leaves', () => {
    expect(painted([['a', 'b'], ['a']])[1]).toBe('\x1b[2;1H\x1b[0m\x1b[2K')
  })

  it('writes all of it again when the terminal was used by another program', () => {
    const written: string[] = []
    const painter = new Painter((text) => written.push(text))
    painter.paint(['a', 'b'])
    painter.forget()
    painter.paint(['a', 'b'])
    expect(written[1]).toBe(written[0])
  })

  it('shows the last frame, whatever came before', () => {
    const frame = fc.array(fc.constantFrom('', 'a', 'b', 'cc'), { maxLength: 6 })
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1 }), (frames) => {
        const screen = new Screen()
        for (const text of painted(frames)) screen.write(text)
        const last = frames.at(-1)!
        expect(screen.lines(6)).toEqual(Array.from({ length: 6 }, (_, i) => last[i] ?? ''))
      }),
    )
  })
})

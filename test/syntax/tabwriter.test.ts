import { describe, expect, it } from 'vitest'
import { opaqueMark, TabWriter, trimLines } from '../../src/syntax/tabwriter.ts'

function align(text: string): string {
  const writer = new TabWriter()
  writer.write(text)
  return writer.finish()
}

describe('tabwriter', () => {
  it.each<[string, string, string]>([
    ['pads cells to the widest of their column', 'a\vb\nccc\vd', 'a   b\nccc d'],
    ['starts anew after a form feed', 'a\vb\fccc\vd', 'a b\nccc d'],
    ['starts anew after a line of one cell', 'a\vb\nx\nccc\vd', 'a b\nx\nccc d'],
    ['leaves out columns without text', '\v\va\n\v\vb', 'a\nb'],
    ['indents with tabs', '\t\ta\vb\n\t\tccc\vd', '\t\ta   b\n\t\tccc d'],
    ['aligns columns within columns', 'a\vb\vc\naa\vbb\vc', 'a  b  c\naa bb c'],
    ['counts characters, not bytes', 'é中\va\nbbb\va', 'é中  a\nbbb a'],
    [
      'does not look into opaque text',
      `${opaqueMark}\ta${opaqueMark}\vb`,
      `${opaqueMark}\ta${opaqueMark} b`,
    ],
  ])('%s', (_, text, expected) => {
    expect(align(text)).toBe(expected)
  })

  it('trims the ends of lines outside of opaque text', () => {
    expect(trimLines(`a \t\n${opaqueMark}b \n${opaqueMark} `)).toBe('a\nb \n')
  })
})

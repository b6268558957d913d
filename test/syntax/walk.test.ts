import { expect, it } from 'vitest'
import { bytesOf } from '../../src/go/text.ts'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'
import { walk } from '../../src/syntax/walk.ts'

const text = 'a = f([b.c], {k = -d})[e] + (1)\nblk {\n\tg = h\n}'
const file = parseFile(createSource('', bytesOf(text)), new Diagnostics())

it('visits every node in source order', () => {
  const names: string[] = []
  walk(file, (node) => {
    if (node.kind === 'identifier') names.push(node.name)
    return true
  })
  expect(names).toEqual(['f', 'b', 'd', 'e', 'h'])
})

it('does not enter nodes that are refused', () => {
  const kinds: string[] = []
  walk(file, (node) => {
    kinds.push(node.kind)
    return false
  })
  expect(kinds).toEqual(['attribute', 'block'])
})

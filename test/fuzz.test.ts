// Configurations with damage done to them, through parser, formatter and all checks: nothing throws,
// nothing takes longer than two seconds, and what is formatted once stays as it is. `npm run soak`
// does a hundred thousand.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import glob from 'fast-glob'
import { describe, expect, it } from 'vitest'
import { checkEncoding } from '../src/engine/sources.ts'
import { bytesOf } from '../src/go/text.ts'
import { Diagnostics } from '../src/syntax/diagnostics.ts'
import { parseFile } from '../src/syntax/parser.ts'
import { renderReport } from '../src/syntax/report.ts'
import { formatSafely } from '../src/syntax/safe_format.ts'
import { createSource } from '../src/syntax/source.ts'
import type { File } from '../src/syntax/tree.ts'
import { checkSources } from './support/check_text.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const runs = Number(process.env.ALLOYTS_FUZZ_RUNS ?? 300)
const seed = Number(process.env.ALLOYTS_FUZZ_SEED ?? 7)
const timeMaxMs = 2_000

/** The configurations of this repository: examples, fixtures, and those of the documents. */
function corpus(): readonly Buffer[] {
  const files = glob.sync(['examples/**/*.alloy', 'test/**/*.alloy'], { cwd: root }).sort()
  const pages = glob.sync(['docs/**/*.md'], { cwd: root }).sort()
  const blocks = pages.flatMap((page) =>
    [...readFileSync(`${root}/${page}`, 'utf8').matchAll(/```alloy\n([\s\S]*?)```/g)].map(
      ([, text = '']) => Buffer.from(text),
    ),
  )
  return [...files.map((file) => readFileSync(`${root}/${file}`)), ...blocks]
}

const texts = corpus()

const tokens = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '"',
  '`',
  '\\',
  '.',
  ',',
  '=',
  '\n',
  '//',
  '/*',
  '*/',
  'null',
  '1e999',
  '18446744073709551616',
  '-',
  '!',
  ' ? ',
  'declare "x" {\n',
  'argument "a" { }\n',
  'import.string "m" { content = "declare \\"d\\" { }" }\n',
  'foreach "f" {\ncollection = [1]\nvar = "v"\ntemplate {\n',
  'sys.env("A")',
  'array.concat(',
  '// alloyts:disable=all',
  '\u00e9\u{1f600}\u2028',
  '\0',
  '\r\n',
]

interface Damage {
  readonly kind: 'flip' | 'cut' | 'repeat' | 'insert' | 'splice' | 'nest'
  /** Places, as shares of the length. */
  readonly at: number
  readonly to: number
  readonly value: number
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'repeat', 'insert', 'splice', 'nest'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  value: fc.nat(1_000_000),
})

function damaged(text: Buffer, { kind, at, to, value }: Damage): Buffer {
  const [from, end] = [at, to].map((share) => Math.floor(share * text.length)).sort((a, b) => a - b)
  const start = from ?? 0
  const stop = Math.min(end ?? start, start + 400)
  const [before, part, after] = [
    text.subarray(0, start),
    text.subarray(start, stop),
    text.subarray(stop),
  ]
  switch (kind) {
    case 'flip': {
      const copy = Buffer.from(text)
      if (copy.length > 0)
        copy[start % copy.length] = (copy[start % copy.length] ?? 0) ^ (1 << (value % 8))
      return copy
    }
    case 'cut':
      return Buffer.concat([before, after])
    case 'repeat':
      return Buffer.concat([before, part, part, part, after])
    case 'insert':
      return Buffer.concat([before, Buffer.from(tokens[value % tokens.length]!), part, after])
    case 'splice':
      return Buffer.concat([before, texts[value % texts.length]!, after])
    case 'nest': {
      const open = ['[', '(', '{a = ', 'a { ', '-', '!', 'a.'][value % 7]!
      return Buffer.concat([before, Buffer.from(open.repeat(value % 700)), part, after])
    }
  }
}

const configuration = fc
  .tuple(fc.nat(texts.length - 1), fc.array(damage, { minLength: 1, maxLength: 4 }))
  .map(([index, list]) => list.reduce(damaged, texts[index]!).subarray(0, 60_000))

function parse(bytes: Uint8Array): File | undefined {
  const diagnostics = new Diagnostics()
  const file = parseFile(createSource('fuzz.alloy', bytes), diagnostics)
  renderReport(diagnostics.list)
  return diagnostics.errors === 0 ? file : undefined
}

function formatted(file: File): Uint8Array {
  return bytesOf(`${formatSafely(file).text}\n`)
}

async function pass(bytes: Buffer): Promise<void> {
  const file = parse(bytes)
  if (file !== undefined) {
    const once = formatted(file)
    const again = parse(once)
    expect(again).toBeDefined()
    expect(Buffer.from(formatted(again!)).equals(once)).toBe(true)
  }
  try {
    checkEncoding(bytes)
  } catch {
    return // which validate says, and no more
  }
  const { diagnostics, concealed } = await checkSources([{ name: 'fuzz.alloy', bytes }], {
    depth: 'all',
  })
  renderReport(diagnostics, undefined, concealed)
}

describe('damaged configurations', () => {
  it('has something to damage', () => {
    expect(texts.length).toBeGreaterThan(100)
  })

  it(
    'never crash, never hang, and stay as they are formatted',
    async () => {
      let slowestMs = 0
      const property = fc.asyncProperty(configuration, async (bytes) => {
        const startMs = performance.now()
        await pass(bytes)
        slowestMs = Math.max(slowestMs, performance.now() - startMs)
        expect(slowestMs).toBeLessThan(timeMaxMs)
      })
      await fc.assert(property, { numRuns: runs, seed })
    },
    Math.max(60_000, runs * 50),
  )
})

// Each file in testdata/ is a configuration with the diagnostics it gets drawn underneath, as
// comments. The test erases them, decodes, draws them again and compares. UPDATE=1 accepts.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { declarationOf } from '../../src/components/all.ts'
import { Scope } from '../../src/eval/scope.ts'
import { Secret } from '../../src/eval/secret.ts'
import { Capsule, Unknown, type Value } from '../../src/eval/value.ts'
import { metricsReceiver } from '../../src/model/capsules.ts'
import { map, nullable } from '../../src/schema/composites.ts'
import { decodeBlock, decodeLabelledBlock, type Problem } from '../../src/schema/decode.ts'
import { bool, int, string } from '../../src/schema/scalars.ts'
import {
  attributes,
  block,
  blocks,
  choice,
  defaultedBlock,
  label,
  optional,
  required,
  schema,
} from '../../src/schema/schema.ts'
import { complaints, decoded, decoding, parsed } from '../support/config_block.ts'

const receiver = metricsReceiver.encode({
  id: 'prometheus.remote_write.a',
  push: () => ({ refused: [], missed: [] }),
})
const object = (entries: Record<string, Value>) => new Map(Object.entries(entries))
const scope = Scope.empty.extend(
  object({
    local: object({ file: object({ token: object({ content: new Secret('hunter2') }) }) }),
    loki: object({
      write: object({ a: object({ receiver: new Capsule('loki.LogsReceiver', {}) }) }),
    }),
    prometheus: object({ remote_write: object({ a: object({ receiver }) }) }),
  }),
)

const folder = new URL('testdata/', import.meta.url)
test.each(readdirSync(folder))('%s', async (file) => {
  const annotated = readFileSync(new URL(file, folder), 'utf8')
  const source = annotated.replaceAll(/^\/\/ *[\^|].*\n/gm, '')
  const problems: Problem[] = []
  for (const statement of parsed(source).body) {
    if (statement.kind !== 'block') throw new Error('only blocks are expected')
    const declaration = await declarationOf(statement.name)
    problems.push(...decodeBlock(declaration!.arguments, statement, scope).problems)
  }
  const redrawn = draw(source, problems)
  if (process.env.UPDATE) writeFileSync(new URL(file, folder), redrawn)
  expect(redrawn).toBe(process.env.UPDATE ? redrawn : annotated)
})

/** The source with each problem under its line: carets and message, then the hint after a bar. */
function draw(source: string, problems: readonly Problem[]): string {
  let offset = 0
  const lines = source.split('\n').map((line) => {
    const here = problems.filter(({ span }) => {
      return span && span.start >= offset && span.start <= offset + line.length
    })
    const notes = here.map(({ span, message, hint }) => {
      const indent = ' '.repeat(Math.max(0, span!.start - offset - 2))
      const carets = '^'.repeat(
        Math.min(span!.end - span!.start, offset + line.length - span!.start),
      )
      return `\n//${indent}${carets} ${message}${hint ? `\n//${indent}| ${hint}` : ''}`
    })
    offset += line.length + 1
    return line + notes.join('')
  })
  return lines.join('\n')
}

const inner = schema({
  on: optional(bool, true, 'On.'),
  names: optional(map(string), {}, 'Names.'),
})

describe('decodeBlock', () => {
  it('takes the defaults of a nested block from the block, or from its parent when absent', () => {
    const outer = schema({
      filter: defaultedBlock(inner, 'Filter.', { absent: { on: false } }),
      plain: defaultedBlock(inner, 'Plain.'),
      maybe: block(inner, 'Maybe.'),
    })
    expect(decoded(outer, '').filter.on).toBe(false)
    expect(decoded(outer, 'filter { }').filter.on).toBe(true)
    expect(decoded(outer, '').plain.on).toBe(true)
    expect(decoded(outer, '').maybe).toBeUndefined()
    expect(decoded(outer, 'maybe { }').maybe?.on).toBe(true)
  })

  it('gives null the zero value, not the default, and undefined where zero means unset', () => {
    const outer = schema({
      size: optional(int, 5, 'Size.'),
      path: optional(string, undefined, 'Path.'),
      flag: optional(nullable(bool), undefined, 'Flag.'),
    })
    expect(decoded(outer, 'size = null')).toEqual({ size: 0, path: undefined, flag: undefined })
    expect(decoded(outer, 'path = ""\nflag = false').flag).toBe(false)
  })

  it('keeps repeated blocks and variants in the order they are written in', () => {
    const outer = schema({
      rule: blocks(schema({ name: label('Name.'), weight: optional(int, 1, 'Weight.') }), 'Rules.'),
      stage: choice({ json: inner, 'very.deep': schema({}) }, 'Stages.'),
    })
    const args = decoded(
      outer,
      'stage.very.deep { }\nrule "b" { }\nstage.json { on = false }\nrule "a" { weight = 2 }',
    )
    expect(args.rule.map(({ name, weight }) => [name, weight])).toEqual([
      ['b', 1],
      ['a', 2],
    ])
    expect(args.stage.map(({ variant }) => variant)).toEqual(['very.deep', 'json'])
  })

  it('takes attributes of any name where the schema says so', () => {
    const outer = schema({ settings: block(attributes(int), 'Settings.') })
    expect(decoded(outer, 'settings { a = 1\nb = "2" }').settings).toEqual({ a: 1, b: 2 })
    expect(complaints(outer, 'settings { a { } }')).toEqual(['nested blocks not supported here'])
    expect(complaints(outer, 'settings "x" { }')).toEqual(['block "settings" requires empty label'])
  })

  it('runs checks only on what decoded, and the inner ones first', () => {
    const strict = schema({ on: required(bool, 'On.') }, { check: (_, fail) => fail('inner') })
    const outer = schema(
      { strict: block(strict, 'Strict.') },
      { check: (_, fail) => fail('outer') },
    )
    expect(complaints(outer, 'strict { on = 1 }')).toEqual(['1 should be bool, got number'])
    expect(complaints(outer, 'strict { on = true }')).toEqual(['inner'])
    expect(complaints(outer, '')).toEqual(['outer'])
  })

  it('checks the label of a nested block by its schema', () => {
    const named = schema({ name: label('Name.') })
    const one = parsed('b { }').body[0]
    if (one?.kind !== 'block') throw new Error('a block was expected')
    const [problem] = decodeLabelledBlock(named, one, Scope.empty).problems
    expect(problem?.message).toBe('block "b" requires non-empty label')
  })
})

describe('values that are not known yet', () => {
  const outer = schema({
    name: required(string, 'Name.'),
    size: optional(int, 1, 'Size.'),
  })

  it('pass where they could convert, and leave the arguments open', () => {
    const { args, problems } = decoding(outer, 'name = x', { x: new Unknown('number') })
    expect(problems).toEqual([])
    expect(args).toBeUndefined()
  })

  it('are refused where no value of their kind converts', () => {
    const { problems } = decoding(outer, 'name = x', { x: new Unknown('bool') })
    expect(problems.map(({ message }) => message)).toEqual(['x should be string, got bool'])
  })
})

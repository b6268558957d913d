import { expect, it } from 'vitest'
import { declare } from '../../src/schema/declaration.ts'
import { componentPage } from '../../src/schema/reference.ts'
import { string } from '../../src/schema/scalars.ts'
import { type Choice, choice, optional, type Schema, schema } from '../../src/schema/schema.ts'

interface Stages {
  readonly [variant: string]: Schema
}

const match: Schema<{ readonly stage: Choice<Stages> }> = schema({
  get stage(): Choice<Stages> {
    return choice(stages, 'Stages of what matches.')
  },
})
const stages: Stages = { drop: schema({ value: optional(string, '', 'Value.') }), match }

it('writes a block that holds its like once', () => {
  const page = componentPage(
    declare({
      name: 'test.stages',
      stability: 'experimental',
      summary: 'Stages.',
      accepts: [],
      emits: [],
      arguments: schema({ stage: choice(stages, 'Stages.') }),
      exports: {},
      metrics: {},
    }),
  )
  expect(page.split('\n').filter((line) => line.startsWith('###'))).toEqual([
    '### `stage.drop`',
    '### `stage.match`',
    '### `stage.match > stage.drop`',
    '### `stage.match > stage.match`',
  ])
  expect(page).toContain('Takes what `stage.match` takes.')
})

import { expect, it } from 'vitest'
import { distinctSources } from '../../src/engine/sources.ts'
import { TestEngine } from '../support/test_engine.ts'

it('an engine knows what its imports read, those inside modules and imports too', async () => {
  const tested = new TestEngine()
  const { engine, files } = tested
  files.write(
    '/lib.alloy',
    'import.string "inner" {\n  content = "declare `x` { }"\n}\n'.replaceAll('`', '\\"'),
  )
  files.write('/mod.alloy', 'declare "m" { }')
  const problems = await tested.load(`
    import.file "lib" { filename = "/lib.alloy" }
    declare "outer" {
      import.file "mod" { filename = "/mod.alloy" }
    }
    outer "a" { }
    outer "b" { }
  `)
  expect(problems).toEqual([])
  const texts = engine.importedSources().map(({ name, bytes }) => `${name}: ${Buffer.from(bytes)}`)
  expect(texts.sort()).toEqual([
    '/lib.alloy: import.string "inner" {\n  content = "declare \\"x\\" { }"\n}\n',
    '/mod.alloy: declare "m" { }',
    'inner: declare "x" { }',
  ])
  await engine.close()
})

it('sources of one name are one only where their texts are equal', () => {
  const source = (name: string, text: string) => ({ name, bytes: Buffer.from(text) })
  const [a, b, c] = [source('n', '1'), source('n', '2'), source('m', '1')]
  expect(distinctSources([a, b, source('n', '1'), c, source('m', '1')])).toEqual([a, b, c])
})

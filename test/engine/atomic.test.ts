import { describe, expect, it } from 'vitest'
import { settle } from '../support/simulated_clock.ts'
import type { PassthroughProbe } from '../support/test_components.ts'
import { TestEngine } from '../support/test_engine.ts'

const first = `
test.passthrough "a" { input = "1" }
test.passthrough "b" { input = test.passthrough.a.output }
`

async function started(text = first): Promise<TestEngine> {
  const test = new TestEngine({
    reloadMode: 'atomic',
    features: { stability: 'experimental', community: false },
  })
  expect(await test.load(text)).toEqual([])
  await test.run()
  test.journal.events.length = 0
  return test
}

function outputOf(test: TestEngine, id: string): unknown {
  const [found] = test.engine.component(id)!.exports()
  return found?.kind === 'attribute' ? found.value : undefined
}

const wrap = (more = '') => `
declare "wrap" {
  argument "input" { }
  test.passthrough "inner" { input = argument.input.value }
  ${more}
  export "output" { value = test.passthrough.inner.output }
}
`

describe('a reload that is all or nothing', () => {
  it('applies what is fine', async () => {
    const test = await started()
    expect(await test.load(first.replace('"1"', '"2"'))).toEqual([])
    expect(outputOf(test, 'test.passthrough.b')).toBe('2')
    await test.end()
  })

  it.each<[string, string, string]>([
    [
      'a value of another kind',
      'test.passthrough "a" { input = [] }\ntest.passthrough "b" { input = "changed" }',
      'Error: 1:32: [] should be string, got array',
    ],
    [
      'an argument that is missing',
      'test.passthrough "b" { input = "changed" }\ntest.passthrough "new" { }',
      'Error: 2:1: Failed to build component: decoding configuration: missing required attribute "input"',
    ],
    [
      'an expression that fails on what a component exports now',
      `${first.replace('= test', '= 1 + test')}`,
      'Error: 3:36: test.passthrough.a.output should be number, got string',
    ],
    [
      'a receiver where text is wanted, of a component that is not there yet',
      'test.relay "r" { }\ntest.passthrough "b" { input = test.relay.r.receiver }',
      'Error: 2:32: test.relay.r.receiver should be string, got capsule',
    ],
    [
      'an argument that cannot be used yet',
      'test.passthrough "a" {\ninput = "changed"\nlater = "x"\n}',
      'Error: 3:1: argument "later" is not available in alloyts yet',
    ],
    [
      'a config block',
      'test.passthrough "a" { input = "changed" }\nlogging { level = [] }',
      'Error: 2:1: Failed to evaluate node for config block: decoding configuration: 2:19: [] should be string, got array',
    ],
    [
      'an argument inside a module',
      `test.passthrough "a" { input = "changed" }\n${wrap()}\nwrap "x" { input = [] }`,
      'Error: 5:38: argument.input.value should be string, got array',
    ],
    [
      'a module that cannot be built',
      `test.passthrough "a" { input = "changed" }\n${wrap('nope.x "y" { }')}\nwrap "x" { input = "" }`,
      'Error: 6:3: cannot find the definition of component name "nope.x"',
    ],
    [
      'an argument that a module misses',
      `test.passthrough "a" { input = "changed" }\n${wrap()}\nwrap "x" { }`,
      'Error: 4:3: Failed to evaluate node for config block: missing required argument "input" to module',
    ],
    [
      'an item of a foreach',
      'test.passthrough "a" { input = "changed" }\nforeach "f" {\ncollection = ["a", 1, true]\nvar = "i"\ntemplate {\ntest.passthrough "p" { input = i }\n}\n}',
      'Error: 6:32: i should be string, got bool',
    ],
    [
      'what nothing declares',
      `test.passthrough "a" { input = "changed" }\n${wrap()}\nwrap.nope "x" { }`,
      'Error: 10:1: Failed to build component: loading custom component controller: custom component config not found in the registry, namespace: "wrap", componentName: "nope"',
    ],
  ])('touches nothing for %s', async (_, text, expected) => {
    const test = await started()
    expect(await test.load(text)).toEqual([expected])
    expect(test.journal.events).toEqual([])
    expect(test.levels).toEqual(['info'])
    expect(test.healthOf('test.passthrough.a')).toBe('healthy: started component')
    expect(test.engine.components('')).toHaveLength(2)
    await test.end()
  })

  it('does not refuse what its own change makes right', async () => {
    const text = (a: string) => `
      test.passthrough "a" { input = "${a}" }
      test.passthrough "b" {
        input  = "x"
        copies = test.passthrough.a.output
      }
    `
    const test = await started('test.passthrough "a" { input = "text" }')
    expect(await test.load(text('2'))).toEqual([])
    expect(outputOf(test, 'test.passthrough.b')).toBe('xx')
    await test.end()
  })

  it('puts everything back when a component refuses what it is given', async () => {
    const test = await started()
    const text = `
      logging { level = "debug" }
      test.passthrough "a" { input = "2" }
      test.passthrough "c" { input = "refuse" }
      test.passthrough "d" { input = test.passthrough.a.output }
    `
    expect(await test.load(text)).toEqual([
      'Error: 4:7: Failed to build component: cannot take "refuse"',
    ])
    expect(test.journal.events).toEqual([
      'update test.passthrough.a',
      'open test.passthrough.c',
      'update test.passthrough.c',
      'open test.passthrough.d',
      'update test.passthrough.d',
      'update test.passthrough.a',
      'run test.passthrough.d',
      'stop test.passthrough.d removed',
    ])
    expect(test.levels).toEqual(['info', 'debug', 'info'])
    expect(test.engine.components('')!.map(({ localId }) => localId)).toEqual([
      'test.passthrough.a',
      'test.passthrough.b',
    ])
    expect(outputOf(test, 'test.passthrough.b')).toBe('1')
    expect(test.healthOf('test.passthrough.b')).toBe('healthy: started component')
    expect(test.logger.lines).toContain(
      'warn the configuration could not be applied: the last one is in force again',
    )
    test.journal.events.length = 0
    test.probe<PassthroughProbe>('test.passthrough.a').publish('3')
    await settle()
    expect(test.journal.events).toEqual(['update test.passthrough.b'])
    expect(await test.load(first)).toEqual([])
    await test.end()
    expect(await test.engine.exposition()).not.toContain('test.passthrough.d')
  })

  it('puts modules back', async () => {
    const use = 'wrap "x" { input = "1" }'
    const test = await started(wrap() + use)
    const changed = wrap('test.passthrough "bad" { input = "refuse" }')
    expect(await test.load(changed + use.replace('1', '2'))).toEqual([
      'Error: 5:3: Failed to build component: cannot take "refuse"',
    ])
    expect(outputOf(test, 'wrap.x')).toBe('1')
    expect(test.healthOf('wrap.x')).toBe('healthy: started custom component')
    expect(test.engine.components('wrap.x')).toHaveLength(1)
    await test.end()
  })

  it('gives content that an import has yet to read the benefit of the doubt', async () => {
    const test = await started()
    test.files.write('lib.alloy', wrap())
    const text = `
      import.file "lib" { filename = "lib.alloy" }
      lib.wrap "x" { input = "1" }
      test.passthrough "a" { input = lib.wrap.x.output }
    `
    expect(await test.load(text)).toEqual([])
    expect(outputOf(test, 'test.passthrough.a')).toBe('1')
    test.journal.events.length = 0
    expect(await test.load(text.replace('input = "1"', 'nope = "1"'))).toEqual([
      expect.stringContaining('Provided argument "nope" is not defined in the module'),
    ])
    expect(test.journal.events).toEqual([])
    await test.end()
  })

  it('keeps the hash and counts the failure', async () => {
    const test = await started()
    const hash = async () => /sha256="(\w+)"/.exec(await test.engine.exposition())?.[1]
    const before = await hash()
    await test.load('test.passthrough "c" { input = "refuse" }')
    expect(await hash()).toBe(before)
    expect(await test.engine.exposition()).toContain('alloy_config_load_failures_total 1\n')
    await test.end()
  })

  it('says what it cannot put back', async () => {
    const test = await started('test.passthrough "a" { input = "1" }')
    const probe = test.probe<PassthroughProbe>('test.passthrough.a')
    const update = probe.update.bind(probe)
    let updates = 0
    probe.update = (args) => {
      if (++updates === 2) throw new Error('too late')
      return update(args)
    }
    const text = 'test.passthrough "a" { input = "2" }\ntest.passthrough "c" { input = "refuse" }'
    expect(await test.load(text)).toHaveLength(1)
    expect(test.logger.lines).toContain(
      'error cannot put back what the last configuration had err=1:1: Failed to build component: too late',
    )
    expect(test.healthOf('test.passthrough.a')).toBe(
      'unhealthy: component evaluation failed: too late',
    )
    await test.end()
  })

  it('applies what it can of a first load, as always', async () => {
    const test = new TestEngine({ reloadMode: 'atomic' })
    expect(await test.load(first.replace('"1"', '"refuse"'))).toHaveLength(1)
  })
})

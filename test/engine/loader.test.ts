import { describe, expect, it } from 'vitest'
import { TestEngine } from '../support/test_engine.ts'

const chain = `
test.passthrough "c" { input = test.passthrough.b.output }
test.passthrough "b" { input = test.passthrough.a.output }
test.passthrough "a" { input = "1" }
`

describe('load', () => {
  it('evaluates what is referred to first', async () => {
    const test = new TestEngine()
    expect(await test.load(chain)).toEqual([])
    expect(test.journal.events.filter((event) => event.startsWith('open'))).toEqual([
      'open test.passthrough.a',
      'open test.passthrough.b',
      'open test.passthrough.c',
    ])
    expect(test.engine.component('test.passthrough.c')!.exports()).toEqual([
      { kind: 'attribute', name: 'output', value: '1' },
    ])
  })

  it.each<[string, string, string[]]>([
    [
      'an unknown component',
      'nope.x "a" { }',
      ['Error: 1:1: cannot find the definition of component name "nope.x"'],
    ],
    [
      'one that nothing runs, without blaming what refers to it',
      'test.unfinished "a" { input = "" }\ntest.passthrough "b" { input = test.unfinished.a.output }',
      ['Error: 1:1: component "test.unfinished" is not available in alloyts yet'],
    ],
    [
      'one that is not stable enough',
      'test.experimental "a" { input = "" }',
      [
        'Error: 1:1: component "test.experimental" is at stability level "experimental", which is below the minimum allowed stability level "public-preview". Use --stability.level command-line flag to enable "experimental" features',
      ],
    ],
    [
      'one of the community',
      'test.community "a" { input = "" }',
      [
        'Error: 1:1: the component "test.community" is a community component. Use the --feature.community-components.enabled command-line flag to enable community components',
      ],
    ],
    [
      'a missing label',
      'test.passthrough { input = "" }',
      ['Error: 1:1: component "test.passthrough" must have a label'],
    ],
    [
      'two of one name',
      'test.relay "a" { }\n\ttest.relay "a" { }',
      ['Error: 2:2: block test.relay.a already declared at 1:1'],
    ],
    [
      'a reference to nothing',
      'test.passthrough "a" { input = test.passthrough.b.output }',
      ['Error: 1:32: component "test.passthrough.b.output" does not exist or is out of scope'],
    ],
    ['an attribute', 'x = 1', ['Error: 1:1: unrecognized attribute x']],
    [
      'a cycle',
      'test.passthrough "a" { input = test.passthrough.b.output }\ntest.passthrough "b" { input = test.passthrough.a.output }',
      ['Error: -: cycle: test.passthrough.a, test.passthrough.b'],
    ],
    [
      'a reference to itself',
      'test.passthrough "a" { input = test.passthrough.a.output }',
      ['Error: -: self reference: test.passthrough.a'],
    ],
    [
      'blocks of modules outside of one, and imports that nothing reads',
      'import.git "b" { path = "" }\nargument "c" { }',
      [
        'Error: 1:1: import.git blocks are not available in alloyts yet',
        'Error: 2:1: argument blocks only allowed inside a module',
      ],
    ],
    [
      'services that nothing works for',
      'remotecfg { }',
      ['Error: 1:1: remotecfg blocks are not available in alloyts yet'],
    ],
    [
      'a service twice, as another config block',
      'logging { }\nlogging { }',
      ['Error: 2:1: block logging already declared at 1:1'],
    ],
    [
      'what does not decode',
      'test.passthrough "a" { input = [] }\ntest.passthrough "b" { }',
      [
        'Error: 1:32: [] should be string, got array',
        'Error: 2:1: Failed to build component: decoding configuration: missing required attribute "input"',
      ],
    ],
    [
      'an argument that nothing acts on yet',
      'test.passthrough "a" {\ninput = ""\nlater = "x"\n}',
      ['Error: 3:1: argument "later" is not available in alloyts yet'],
    ],
    [
      'what a component does not take',
      'test.passthrough "a" { input = "refuse" }',
      ['Error: 1:1: Failed to build component: cannot take "refuse"'],
    ],
    [
      'a config block that does not decode',
      'logging { level = [] }',
      [
        'Error: 1:1: Failed to evaluate node for config block: decoding configuration: 1:19: [] should be string, got array',
      ],
    ],
    [
      'everything at once',
      'nope.x "a" { }\ntest.relay { }\nx = 1',
      [
        'Error: 3:1: unrecognized attribute x',
        'Error: 1:1: cannot find the definition of component name "nope.x"',
        'Error: 2:1: component "test.relay" must have a label',
      ],
    ],
  ])('reports %s', async (_, text, expected) => {
    expect(await new TestEngine().load(text)).toEqual(expected)
  })

  it('applies the defaults of blocks that are not there, and each change once', async () => {
    const test = new TestEngine()
    await test.load('')
    await test.load('logging { level = "debug" }')
    await test.load('logging { level = "debug" }')
    await test.load('')
    expect(test.levels).toEqual(['info', 'debug', 'info'])
  })

  it('says when it does not wait for a node any longer', async () => {
    const test = new TestEngine()
    const loaded = test.load('test.passthrough "a" { input = "hang" }')
    await test.clock.advance(300_000)
    expect(await loaded).toEqual([
      'Error: 1:1: Failed to build component: evaluation takes longer than 5m0s and goes on in the background',
    ])
  })
})

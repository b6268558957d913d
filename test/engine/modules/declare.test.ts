import { describe, expect, it } from 'vitest'
import { Secret } from '../../../src/eval/secret.ts'
import { settle } from '../../support/simulated_clock.ts'
import type { PassthroughProbe, RelayProbe } from '../../support/test_components.ts'
import { TestEngine } from '../../support/test_engine.ts'

const wrap = `
declare "wrap" {
  argument "input" { }
  test.passthrough "inner" { input = argument.input.value }
  export "output" { value = test.passthrough.inner.output }
}
`

const chain = `
${wrap}
test.passthrough "source" { input = "1" }
wrap "one" { input = test.passthrough.source.output }
test.passthrough "sink" { input = wrap.one.output }
`

function exportsOf(test: TestEngine, id: string) {
  const statements = test.engine.component(id)!.exports()
  return Object.fromEntries(
    statements.flatMap((each) => (each.kind === 'attribute' ? [[each.name, each.value]] : [])),
  )
}

describe('declare', () => {
  it('makes components whose inside takes arguments and gives exports', async () => {
    const test = new TestEngine()
    expect(await test.load(chain)).toEqual([])
    expect(exportsOf(test, 'wrap.one')).toEqual({ output: '1' })
    expect(exportsOf(test, 'test.passthrough.sink')).toEqual({ output: '1' })
    expect(test.journal.events.filter((event) => event.startsWith('open'))).toEqual([
      'open test.passthrough.source',
      'open wrap.one/test.passthrough.inner',
      'open test.passthrough.sink',
    ])
  })

  it('hands changes through, in and out, and evaluates what depends on them alone', async () => {
    const test = new TestEngine()
    await test.load(chain)
    test.journal.events.length = 0
    test.probe<PassthroughProbe>('test.passthrough.source').publish('2')
    await settle()
    expect(test.journal.events).toEqual([
      'update wrap.one/test.passthrough.inner',
      'update test.passthrough.sink',
    ])
    expect(exportsOf(test, 'wrap.one')).toEqual({ output: '2' })
    test.probe<PassthroughProbe>('wrap.one/test.passthrough.inner').publish('3')
    await settle()
    expect(exportsOf(test, 'test.passthrough.sink')).toEqual({ output: '3' })
    const loads = test.logger.lines.filter((line) => line.includes('starting complete graph'))
    expect(loads).toHaveLength(2)
  })

  it('shows modules in the API, each with its components', async () => {
    const test = new TestEngine()
    await test.load(`
      declare "outer" {
        argument "b" { optional = true }
        argument "a" { }
        declare "nested" {
          argument "x" { }
          test.passthrough "deep" { input = argument.x.value }
          export "y" { value = test.passthrough.deep.output }
        }
        nested "n" { x = argument.a.value }
        export "out" { value = nested.n.y }
      }
      outer "three" {
        b = 1
        a = "text"
      }
      test.passthrough "top" { input = outer.three.out }
    `)
    await test.run()
    const { engine } = test
    expect(engine.components('')).toMatchObject([
      {
        name: 'outer',
        label: 'three',
        localId: 'outer.three',
        moduleId: '',
        referencesTo: [],
        referencedBy: ['test.passthrough.top'],
        dataFlowEdgesTo: [],
        createdModuleIds: ['outer.three'],
      },
      { localId: 'test.passthrough.top', referencesTo: ['outer.three'], createdModuleIds: [] },
    ])
    expect(engine.component('outer.three')!.arguments()).toEqual([
      { kind: 'attribute', name: 'a', value: 'text' },
      { kind: 'attribute', name: 'b', value: 1n },
    ])
    expect(engine.components('outer.three')).toMatchObject([
      { name: 'nested', localId: 'nested.n', moduleId: 'outer.three' },
    ])
    expect(engine.components('outer.three/nested.n')).toMatchObject([
      { localId: 'test.passthrough.deep', moduleId: 'outer.three/nested.n' },
    ])
    expect(engine.components('nope')).toBeUndefined()
    expect(test.healthOf('outer.three')).toBe('healthy: started custom component')
    expect(test.healthOf('outer.three/nested.n/test.passthrough.deep')).toBe(
      'healthy: started component',
    )
    await test.end()
  })

  it('labels metrics and lines of the log with the module', async () => {
    const test = new TestEngine()
    await test.load(`
      declare "a" {
        declare "b" { test.passthrough "p" { input = "" } }
        b "x" { }
      }
      a "y" { }
    `)
    await test.run()
    const text = await test.engine.exposition()
    for (const labels of [
      'controller_id="",controller_path="/"',
      'controller_id="a.y",controller_path="/"',
      'controller_id="b.x",controller_path="/a.y"',
    ]) {
      expect(text).toContain(`alloy_component_controller_evaluating{${labels}} 0\n`)
      expect(text).toContain(
        `alloy_component_controller_running_components{${labels},health_type="healthy"} 1\n`,
      )
    }
    expect(text).toContain(
      'test_updates_total{component_id="test.passthrough.p",component_path="/a.y/b.x"} 1\n',
    )
    expect(test.logger.lines).toContainEqual(
      expect.stringMatching(
        /^info starting complete graph evaluation controller_path=\/a\.y controller_id=b\.x trace_id=/,
      ),
    )
    expect(test.logger.lines).toContain(
      'info scheduling loaded components and services controller_id=a.y/b.x',
    )
    await test.end()
  })

  it('runs what is inside with the instance, and stops it with it', async () => {
    const test = new TestEngine()
    await test.load(chain)
    await test.run()
    expect(test.journal.events).toContain('run wrap.one/test.passthrough.inner')
    await test.load('test.passthrough "sink" { input = "" }')
    expect(test.journal.events).toContain('stop wrap.one/test.passthrough.inner removed')
    expect(test.engine.components('wrap.one')).toBeUndefined()
    expect(await test.engine.exposition()).not.toContain('wrap.one')
    await test.load(chain)
    expect(exportsOf(test, 'test.passthrough.sink')).toEqual({ output: '1' })
    await test.end()
    expect(test.journal.events).toContain('stop wrap.one/test.passthrough.inner shutdown')
  })

  it('keeps components inside over a reload that leaves them as they are', async () => {
    const test = new TestEngine()
    await test.load(chain)
    await test.run()
    test.journal.events.length = 0
    expect(await test.load(chain)).toEqual([])
    expect(test.journal.events).toEqual([])
    const changed = chain.replace(
      'export "output"',
      'test.passthrough "more" { input = "" }\nexport "output"',
    )
    expect(await test.load(changed)).toEqual([])
    expect(test.journal.events).toEqual([
      'open wrap.one/test.passthrough.more',
      'update wrap.one/test.passthrough.more',
      'run wrap.one/test.passthrough.more',
    ])
    await test.end()
  })

  it('passes receivers on', async () => {
    const test = new TestEngine()
    await test.load(`
      declare "sender" {
        test.relay "to" { }
        export "receiver" { value = test.relay.to.receiver }
      }
      sender "one" { }
      test.relay "from" { forward_to = [sender.one.receiver] }
    `)
    await test.run()
    await test.probe<RelayProbe>('test.relay.from').send(2, new AbortController().signal)
    expect(test.journal.count('push sender.one/test.relay.to 2')).toBe(1)
    expect(test.engine.component('test.relay.from')!.dataFlowEdgesTo).toEqual([])
    await test.end()
  })

  it('shows nothing of what is named like a secret', async () => {
    const test = new TestEngine()
    await test.load(`
      declare "login" {
        argument "password" { }
        argument "options" { }
        export "api_key" { value = argument.password.value }
      }
      login "x" {
        password = "hunter2"
        options  = [{token = "hunter3", name = "n"}]
      }
    `)
    const shown = [
      ...test.engine.component('login.x')!.arguments(),
      ...test.engine.component('login.x')!.exports(),
    ]
    expect(shown).toEqual([
      {
        kind: 'attribute',
        name: 'options',
        value: [
          new Map<string, unknown>([
            ['token', new Secret('')],
            ['name', 'n'],
          ]),
        ],
      },
      { kind: 'attribute', name: 'password', value: new Secret('') },
      { kind: 'attribute', name: 'api_key', value: new Secret('') },
    ])
  })

  it('takes an explicit null, and defaults that are expressions', async () => {
    const test = new TestEngine()
    const text = (given: string) => `
      declare "d" {
        test.passthrough "p" { input = "from inside" }
        argument "a" {
          optional = true
          default  = test.passthrough.p.output
        }
        export "e" { value = argument.a.value }
      }
      d "x" { ${given} }
    `
    await test.load(text(''))
    expect(exportsOf(test, 'd.x')).toEqual({ e: 'from inside' })
    await test.load(text('a = null'))
    expect(exportsOf(test, 'd.x')).toEqual({ e: null })
  })

  it('sees declares around it, the nearest first, and no components around it', async () => {
    const test = new TestEngine()
    const text = `
      declare "a" { export "v" { value = "outer a" } }
      declare "b" {
        declare "a" { export "v" { value = "inner a" } }
        a "x" { }
        c "y" { }
        export "v" { value = a.x.v }
        export "w" { value = c.y.v }
      }
      declare "c" {
        a "x" { }
        export "v" { value = a.x.v }
      }
      b { }
    `
    expect(await test.load(text)).toEqual([])
    expect(exportsOf(test, 'b')).toEqual({ v: 'inner a', w: 'outer a' })
  })

  it('shadows names of components and of the library', async () => {
    const test = new TestEngine()
    const text = `
      declare "test" { export "v" { value = 1 } }
      test { }
      test.passthrough "p" { input = "" }
      declare "concat" { export "v" { value = 2 } }
      concat "x" { }
      declare "user" {
        argument "v" { }
        export "w" { value = argument.v.value }
      }
      user "u" { v = concat.x.v }
    `
    expect(await test.load(text)).toEqual([
      'Warning: 11:22: a component is shadowing an existing stdlib name',
      'Error: 4:7: Failed to build component: loading custom component controller: custom component config not found in the registry, namespace: "test", componentName: "passthrough"',
    ])
    expect(exportsOf(test, 'user.u')).toEqual({ w: 2n })
  })

  it('goes on with what it has when an update fails inside, and shows it', async () => {
    const test = new TestEngine()
    await test.load(chain)
    await test.run()
    test.probe<PassthroughProbe>('test.passthrough.source').publish('refuse')
    await settle()
    const message = 'component evaluation failed: updating custom component: 5:3: Failed to build'
    expect(test.healthOf('wrap.one')).toBe(`unhealthy: ${message} component: cannot take "refuse"`)
    expect(exportsOf(test, 'wrap.one')).toEqual({ output: '1' })
    test.probe<PassthroughProbe>('test.passthrough.source').publish('3')
    await settle()
    expect(test.healthOf('wrap.one')).toBe('healthy: started custom component')
    expect(exportsOf(test, 'test.passthrough.sink')).toEqual({ output: '3' })
    await test.end()
  })

  it('tries again inside what failed there, with the next load', async () => {
    const test = new TestEngine()
    const failing = chain.replace('"1"', '"refuse"')
    expect(await test.load(failing)).toHaveLength(1)
    expect(await test.load(failing)).toHaveLength(1)
    expect(await test.load(chain)).toEqual([])
  })

  it('leaves the old inside in place when the new one cannot be built', async () => {
    const test = new TestEngine()
    await test.load(chain)
    await test.run()
    const broken = chain.replace('export', 'nope.x "y" { }\nexport')
    expect(await test.load(broken)).toEqual([
      'Error: 6:3: cannot find the definition of component name "nope.x"',
    ])
    expect(test.healthOf('wrap.one')).toMatch(/^unhealthy: component evaluation failed: updating/)
    test.probe<PassthroughProbe>('wrap.one/test.passthrough.inner').publish('9')
    await settle()
    expect(exportsOf(test, 'wrap.one')).toEqual({ output: '9' })
    await test.end()
  })

  it('takes exports away that the new inside does not have', async () => {
    const test = new TestEngine()
    await test.load('declare "d" { export "e" { value = 1 } }\nd "x" { }')
    await test.load('declare "d" { export "f" { value = 1 } }\nd "x" { }')
    expect(exportsOf(test, 'd.x')).toEqual({ f: 1n })
  })

  it.each<[string, string, string[]]>([
    [
      'a missing argument',
      'declare "x" {\n\targument "a" { }\n}\nx "one" { }',
      [
        'Error: 2:2: Failed to evaluate node for config block: missing required argument "a" to module',
      ],
    ],
    [
      'an argument too many',
      'declare "x" {\n\targument "a" { }\n}\nx "one" {\n\ta = 1\n\tb = 2\n}',
      ['Error: 6:2: Provided argument "b" is not defined in the module'],
    ],
    [
      'a block in an instance',
      'declare "x" {\n\targument "a" { }\n}\nx "one" {\n\ta { }\n}',
      ['Error: 5:2: nested blocks not supported here'],
    ],
    [
      'blocks that belong to the root',
      'declare "x" {\n\tlogging { }\n\thttp { }\n}\nx "one" { }',
      [
        'Error: 3:2: service blocks not allowed inside a module: "http"',
        'Error: 2:2: logging block not allowed inside a module',
      ],
    ],
    [
      'a reference to what is outside',
      'test.passthrough "o" { input = "" }\ndeclare "x" {\n\ttest.passthrough "i" { input = test.passthrough.o.output }\n}\nx "one" { }',
      ['Error: 3:33: component "test.passthrough.o.output" does not exist or is out of scope'],
    ],
    [
      'an instance of nothing',
      'declare "x" { }\nx "one" { }',
      [
        'Error: 2:1: Failed to build component: loading custom component controller: custom component config not found in the registry, namespace: "", componentName: "x"',
      ],
    ],
    [
      'declares that contain each other',
      'declare "a" { b "t" { } }\ndeclare "b" { a "t" { } }\na "x" { }',
      ['Error: -: cycle: declare.a, declare.b'],
    ],
    [
      'declares inside that contain each other',
      'declare "a" {\ndeclare "b" { c "t" { } }\ndeclare "c" { b "t" { } }\nb "x" { }\n}\na "x" { }',
      ['Error: -: cycle: declare.b, declare.c'],
    ],
    [
      'a declare that contains itself, however deep',
      'declare "a" {\ndeclare "b" { a "x" { } }\n}\na "x" { }',
      ['Error: -: self reference: declare.a'],
    ],
    [
      'a declare of that name',
      'declare "declare" { }',
      ["Error: 1:9: 'declare' is not a valid label for a declare block"],
    ],
    [
      'two declares of one name',
      'declare "a" { }\ndeclare "a" { }',
      ['Error: 2:1: block declare.a already declared at 1:1'],
    ],
    [
      'two exports of one name',
      'declare "a" {\nexport "b" { value = 1 }\nexport "b" { value = 1 }\n}\na "x" { }',
      ['Error: 3:1: block export.b already declared at 2:1'],
    ],
    [
      'a component inside that is not stable enough',
      'declare "a" {\ntest.experimental "u" { input = "" }\n}\na "x" { }',
      [
        'Error: 2:1: component "test.experimental" is at stability level "experimental", which is below the minimum allowed stability level "public-preview". Use --stability.level command-line flag to enable "experimental" features',
      ],
    ],
    ['nothing of a declare that is never used', 'declare "a" { nope.x "y" { } }', []],
    [
      'nothing where the declare comes later',
      'a "x" { }\ndeclare "a" { export "e" { value = 1 } }',
      [],
    ],
  ])('reports %s', async (_, text, expected) => {
    expect(await new TestEngine().load(text)).toEqual(expected)
  })

  it('ends a load inside that hangs when the engine closes', async () => {
    const test = new TestEngine()
    const loading = test.load(chain.replace('"1"', '"hang"')).catch((error: Error) => error.name)
    await settle()
    const closed = test.engine.close()
    await test.clock.advance(5_000)
    await closed
    expect(await loading).toBe('LoadStopped')
  })
})

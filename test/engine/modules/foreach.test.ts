import { describe, expect, it } from 'vitest'
import { settle } from '../../support/simulated_clock.ts'
import type { PassthroughProbe } from '../../support/test_components.ts'
import { TestEngine } from '../../support/test_engine.ts'

function create(): TestEngine {
  return new TestEngine({ features: { stability: 'experimental', community: false } })
}

const loop = (collection: string, more = '') => `
test.passthrough "outside" { input = "o" }
foreach "each" {
  collection = ${collection}
  var        = "item"
  ${more}
  template {
    test.passthrough "inside" { input = item }
    test.passthrough "second" {
      input = test.passthrough.inside.output + test.passthrough.outside.output
    }
  }
}
`

function outputOf(test: TestEngine, id: string): unknown {
  const [first] = test.engine.component(id)!.exports()
  return first?.kind === 'attribute' ? first.value : undefined
}

describe('foreach', () => {
  it('makes a module of each item, which sees what is around it', async () => {
    const test = create()
    expect(await test.load(loop('["a", "b"]'))).toEqual([])
    await test.run()
    expect(outputOf(test, 'foreach.each/foreach_a_1/test.passthrough.second')).toBe('ao')
    expect(outputOf(test, 'foreach.each/foreach_b_1/test.passthrough.second')).toBe('bo')
    expect(test.engine.components('')).toMatchObject([
      {
        name: 'foreach',
        label: 'each',
        localId: 'foreach.each',
        referencesTo: ['test.passthrough.outside'],
        createdModuleIds: ['foreach.each/foreach_a_1', 'foreach.each/foreach_b_1'],
      },
      { localId: 'test.passthrough.outside', referencedBy: ['foreach.each'] },
    ])
    expect(test.engine.component('foreach.each')!.arguments()).toEqual([
      { kind: 'attribute', name: 'collection', value: ['a', 'b'] },
      { kind: 'attribute', name: 'var', value: 'item' },
    ])
    expect(test.healthOf('foreach.each')).toBe('healthy: started foreach')
    await test.end()
  })

  it('keeps the modules of items that stay', async () => {
    const test = create()
    await test.load(loop('["a", "b"]'))
    await test.run()
    test.journal.events.length = 0
    expect(await test.load(loop('["b", "c"]'))).toEqual([])
    expect(test.journal.events).toEqual([
      'open foreach.each/foreach_c_1/test.passthrough.inside',
      'update foreach.each/foreach_c_1/test.passthrough.inside',
      'open foreach.each/foreach_c_1/test.passthrough.second',
      'update foreach.each/foreach_c_1/test.passthrough.second',
      'stop foreach.each/foreach_a_1/test.passthrough.second removed',
      'stop foreach.each/foreach_a_1/test.passthrough.inside removed',
      'run foreach.each/foreach_c_1/test.passthrough.inside',
      'run foreach.each/foreach_c_1/test.passthrough.second',
    ])
    expect(test.engine.components('foreach.each/foreach_a_1')).toBeUndefined()
    expect(test.healthOf('foreach.each')).toMatch(
      /^healthy: (foreach evaluated|foreach children updated successfully)$/,
    )
    await test.end()
    expect(test.journal.events.at(-1)).toMatch(/^stop .* shutdown$/)
  })

  it('follows what its template refers to, in and out', async () => {
    const test = create()
    await test.load(loop('["a"]'))
    test.journal.events.length = 0
    test.probe<PassthroughProbe>('test.passthrough.outside').publish('p')
    await settle()
    expect(outputOf(test, 'foreach.each/foreach_a_1/test.passthrough.second')).toBe('ap')
    test.probe<PassthroughProbe>('foreach.each/foreach_a_1/test.passthrough.inside').publish('i')
    await settle()
    expect(outputOf(test, 'foreach.each/foreach_a_1/test.passthrough.second')).toBe('ip')
    expect(test.journal.events).toEqual([
      'update foreach.each/foreach_a_1/test.passthrough.second',
      'update foreach.each/foreach_a_1/test.passthrough.second',
    ])
  })

  it('loads just what is new when its collection changes', async () => {
    const test = create()
    const text = `
      test.passthrough "source" { input = "x" }
      foreach "each" {
        collection = ["a", test.passthrough.source.output]
        var        = "item"
        template { test.passthrough "inside" { input = item } }
      }
    `
    expect(await test.load(text)).toEqual([])
    const loads = () => {
      return test.logger.lines.filter((line) => /starting complete .*foreach_/.test(line)).length
    }
    expect(loads()).toBe(2)
    test.probe<PassthroughProbe>('test.passthrough.source').publish('y')
    await settle()
    expect(outputOf(test, 'foreach.each/foreach_y_1/test.passthrough.inside')).toBe('y')
    expect(loads()).toBe(3)
  })

  it('hides the metrics of its modules unless it is told to show them', async () => {
    const test = create()
    await test.load(loop('["a"]'))
    await test.run()
    expect(await test.engine.exposition()).not.toContain('foreach_a_1')
    test.journal.events.length = 0
    await test.load(loop('["a"]', 'enable_metrics = true'))
    const text = await test.engine.exposition()
    expect(text).toContain(
      'test_updates_total{component_id="test.passthrough.inside",component_path="/foreach.each/foreach_a_1"} 1\n',
    )
    expect(text).toContain(
      'alloy_component_controller_evaluating{controller_id="foreach_a_1",controller_path="/foreach.each"} 0\n',
    )
    expect(text).toContain(
      'alloy_component_controller_running_components{controller_id="",controller_path="/",health_type="healthy"} 2\n',
    )
    expect(test.journal.events).toContain(
      'stop foreach.each/foreach_a_1/test.passthrough.inside removed',
    )
    expect(test.journal.events.at(-1)).toBe('run foreach.each/foreach_a_1/test.passthrough.second')
    await test.load(loop('["a"]'))
    expect(await test.engine.exposition()).not.toContain('foreach_a_1')
    await test.end()
  })

  it('nests, also in declares, whose arguments it sees', async () => {
    const test = create()
    const text = `
      declare "d" {
        argument "prefix" { }
        foreach "x" {
          collection = ["a"]
          var        = "outer"
          template {
            foreach "y" {
              collection = [1, 2]
              var        = "inner"
              template {
                test.passthrough "p" { input = argument.prefix.value + outer + inner }
              }
            }
          }
        }
      }
      d "one" { prefix = "p" }
    `
    expect(await test.load(text.replace('+ inner', ''))).toEqual([])
    const id = 'd.one/foreach.x/foreach_a_1/foreach.y/foreach_2_1/test.passthrough.p'
    expect(outputOf(test, id)).toBe('pa')
  })

  it('instantiates imported declares, and follows their changes', async () => {
    const test = create()
    const module = (text: string) => `declare "m" {
      argument "in" { }
      test.passthrough "p" { input = "${text}" + argument.in.value }
    }`
    test.files.write('m.alloy', module('1'))
    const text = `
      import.file "lib" { filename = "m.alloy" }
      foreach "each" {
        collection = ["a"]
        var        = "item"
        template { lib.m "x" { in = item } }
      }
    `
    expect(await test.load(text)).toEqual([])
    await test.run()
    const id = 'foreach.each/foreach_a_1/lib.m.x/test.passthrough.p'
    expect(outputOf(test, id)).toBe('1a')
    test.files.write('m.alloy', module('2'))
    await test.clock.advance(30)
    expect(outputOf(test, id)).toBe('2a')
    await test.end()
  })

  it('may declare and import inside its template', async () => {
    const test = create()
    const module = (text: string) => `declare "m" {
      argument "in" { }
      export "out" { value = "${text}" + argument.in.value }
    }`
    test.files.write('m.alloy', module('1'))
    const text = `
      foreach "each" {
        collection = ["a"]
        var        = "item"
        template {
          import.file "lib" { filename = "m.alloy" }
          declare "own" {
            argument "in" { }
            lib.m "x" { in = argument.in.value }
            export "out" { value = lib.m.x.out }
          }
          own "y" { in = item }
          test.passthrough "p" { input = own.y.out }
        }
      }
    `
    expect(await test.load(text)).toEqual([])
    await test.run()
    const id = 'foreach.each/foreach_a_1/test.passthrough.p'
    expect(outputOf(test, id)).toBe('1a')
    test.files.write('m.alloy', module('2'))
    await test.clock.advance(30)
    expect(outputOf(test, id)).toBe('2a')
    await test.end()
  })

  it('warns of items without the key that tells them apart', async () => {
    const test = create()
    await test.load(loop('[]', 'id = "name"').replace('[]', '[{name = "a"}]'))
    expect(test.logger.lines.filter((line) => line.startsWith('warn'))).toEqual([])
    await test.load(loop('["a"]', 'id = "name"'))
    expect(test.logger.lines).toContain(
      'warn specified id not found in collection item component_path=/ component_id=foreach.each id=name',
    )
  })

  it('goes on with items that work when one does not, and tries that again', async () => {
    const test = create()
    expect(await test.load(loop('["refuse", "b"]'))).toEqual([
      'Error: 8:5: Failed to build component: cannot take "refuse"',
    ])
    expect(outputOf(test, 'foreach.each/foreach_b_1/test.passthrough.second')).toBe('bo')
    expect(await test.load(loop('["refuse", "b"]'))).toHaveLength(1)
    expect(test.healthOf('foreach.each')).toMatch(/^unhealthy: foreach evaluation failed: /)
  })

  it.each<[string, string, string[]]>([
    [
      'a negative number, whose sign no id can have',
      loop('[-1]'),
      [
        'Error: 3:1: Failed to build component: creating custom component: customComponent ID "foreach_-1_1" is not a valid identifier',
      ],
    ],
    [
      'a missing template',
      'foreach "x" {\ncollection = []\nvar = "i"\n}',
      ['Error: 1:1: Failed to build component: the block template is missing in the foreach block'],
    ],
    ['what is no list', loop('"aaa"'), ['Error: 4:16: "aaa" should be array, got string']],
    [
      'a reference of the template to nothing',
      loop('["a"]').replace('test.passthrough.outside.output', 'nope.x'),
      ['Error: 10:48: component "nope.x" does not exist or is out of scope'],
    ],
    [
      'blocks of the root in a template',
      'foreach "x" {\ncollection = [1]\nvar = "i"\ntemplate {\nlogging { }\nhttp { }\n}\n}',
      [
        'Error: 6:1: service blocks not allowed inside a module: "http"',
        'Error: 5:1: logging block not allowed inside a module',
      ],
    ],
    [
      'nothing of a template without items',
      'foreach "x" {\ncollection = []\nvar = "i"\ntemplate { nope.x "y" { } }\n}',
      [],
    ],
  ])('reports %s', async (_, text, expected) => {
    expect(await create().load(text)).toEqual(expected)
  })

  it('needs a flag', async () => {
    const test = new TestEngine()
    expect(await test.load(loop('[]'))).toEqual([
      'Error: 3:1: config block "foreach" is at stability level "experimental", which is below the minimum allowed stability level "public-preview". Use --stability.level command-line flag to enable "experimental" features',
    ])
  })
})

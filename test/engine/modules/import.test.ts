import { describe, expect, it } from 'vitest'
import { settle } from '../../support/simulated_clock.ts'
import type { PassthroughProbe } from '../../support/test_components.ts'
import { TestEngine } from '../../support/test_engine.ts'

const module = (prefix = '') => `
declare "wrap" {
  argument "input" { }
  test.passthrough "inner" { input = argument.input.value }
  export "output" { value = "${prefix}" + test.passthrough.inner.output }
}
`

const main = `
import.file "lib" { filename = "lib.alloy" }
test.passthrough "source" { input = "1" }
lib.wrap "one" { input = test.passthrough.source.output }
test.passthrough "sink" { input = lib.wrap.one.output }
`

function outputOf(test: TestEngine, id: string): unknown {
  const [first] = test.engine.component(id)!.exports()
  return first?.kind === 'attribute' ? first.value : undefined
}

async function started(files: Record<string, string>, text = main): Promise<TestEngine> {
  const test = new TestEngine()
  for (const [path, content] of Object.entries(files)) test.files.write(path, content)
  expect(await test.load(text)).toEqual([])
  await test.run()
  await test.clock.advance(100)
  return test
}

async function healthOfImport(test: TestEngine, state: string): Promise<void> {
  const text = await test.engine.exposition()
  expect(text).toContain(
    `alloy_component_health{component_id="import.file.lib",state="${state}"} 1\n`,
  )
}

describe('import', () => {
  it('offers the declares of a file, and their new versions as it changes', async () => {
    const test = await started({ 'lib.alloy': module() })
    expect(outputOf(test, 'test.passthrough.sink')).toBe('1')
    test.journal.events.length = 0
    test.files.write('lib.alloy', module('new '))
    await test.clock.advance(29)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('1')
    await test.clock.advance(1)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('new 1')
    expect(test.journal.events).toEqual(['update test.passthrough.sink'])
    await test.end()
  })

  it('counts as a component, but is not listed', async () => {
    const test = await started({ 'lib.alloy': module() })
    expect(await test.engine.exposition()).toContain(
      'alloy_component_controller_running_components{controller_id="",controller_path="/",health_type="healthy"} 4\n',
    )
    expect(test.engine.components('')!.map(({ localId }) => localId)).not.toContain(
      'import.file.lib',
    )
    await healthOfImport(test, 'healthy')
    await test.end()
  })

  it('does not look at content that is the same', async () => {
    const test = await started({ 'lib.alloy': module() })
    const loads = () => test.logger.lines.filter((line) => /starting complete/.test(line)).length
    const before = loads()
    test.files.write('lib.alloy', module())
    await test.clock.advance(120_000)
    expect(loads()).toBe(before)
    await test.end()
  })

  it.each<[string, string, RegExp]>([
    [
      'does not parse',
      'declare "wrap" {',
      /^error failed to parse file on update config_path=\/ config_id=import\.file\.lib err=imported content from "lib\.alloy" cannot be parsed: lib\.alloy:1:17: expected }, got EOF$/,
    ],
    [
      'holds more than declares',
      `${module()}test.passthrough "x" { input = "" }`,
      /^error failed to process imported content .* err=imported content from "lib\.alloy" is invalid: only declare and import blocks are allowed in a module, got test\.passthrough$/,
    ],
    [
      'imports what is not there',
      `${module()}import.file "nope" { filename = "nope.alloy" }`,
      /^error failed to evaluate nested import .* err=nested import block failed to evaluate: failed to read file: stat nope\.alloy: no such file or directory$/,
    ],
    [
      'declares twice',
      module() + module(),
      /^error failed to process imported content .* is invalid: declare block redefined wrap$/,
    ],
  ])('keeps the last content while the new one %s', async (_, content, line) => {
    const test = await started({ 'lib.alloy': module() })
    test.files.write('lib.alloy', content)
    await test.clock.advance(30)
    expect(test.logger.lines).toContainEqual(expect.stringMatching(line))
    await healthOfImport(test, 'unhealthy')
    test.probe<PassthroughProbe>('test.passthrough.source').publish('2')
    await settle()
    expect(outputOf(test, 'test.passthrough.sink')).toBe('2')
    expect(await test.load(main)).toEqual([])
    test.files.write('lib.alloy', module('fixed '))
    await test.clock.advance(30)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('fixed 2')
    await healthOfImport(test, 'healthy')
    await test.end()
  })

  it('keeps the last content while the file is gone', async () => {
    const test = await started({ 'lib.alloy': module() })
    test.files.write('lib.alloy')
    await test.clock.advance(30)
    await healthOfImport(test, 'unhealthy')
    expect(test.healthOf('lib.wrap.one')).toMatch(/^healthy/)
    test.files.write('lib.alloy', module('back '))
    await test.clock.advance(30)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('back 1')
    await test.end()
  })

  it('polls where it is told to', async () => {
    const text = main.replace(
      '"lib.alloy" }',
      '"lib.alloy"\ndetector = "poll"\npoll_frequency = "5s"\n}',
    )
    const test = await started({ 'lib.alloy': module() }, text)
    expect(test.files.watched).toEqual([])
    test.files.write('lib.alloy', module('new '))
    await test.clock.advance(4_000)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('1')
    await test.clock.advance(1_000)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('new 1')
    await test.end()
  })

  it('takes all files of a folder, and those that come later', async () => {
    const use = `
      import.file "lib" { filename = "mods" }
      lib.outer "x" { }
      test.passthrough "sink" { input = lib.outer.x.output }
    `
    const outer = `
      declare "outer" {
        wrap "y" { input = module_path }
        export "output" { value = wrap.y.output }
      }
    `
    const files = { 'mods/a.alloy': outer, 'mods/b.alloy': module(), 'mods/c.txt': 'no' }
    const test = await started(files, use)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('mods')
    test.files.texts.set('mods/c.alloy', module('c '))
    test.files.write('mods/b.alloy')
    await test.clock.advance(30)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('c mods')
    await test.end()
  })

  it('imports inside imports, relative to where they stand, and follows their changes', async () => {
    const nesting = `
      import.file "deep" { filename = module_path + "/deep/m.alloy" }
      declare "wrap" {
        argument "input" { }
        deep.wrap "x" { input = argument.input.value }
        export "output" { value = deep.wrap.x.output }
      }
    `
    const use = main.replace('lib.alloy', 'mods/lib.alloy')
    const test = await started({ 'mods/lib.alloy': nesting, 'mods/deep/m.alloy': module() }, use)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('1')
    expect(test.files.watched).toEqual(['mods/deep/m.alloy', 'mods/lib.alloy'])
    test.files.write('mods/deep/m.alloy', module('deep '))
    await test.clock.advance(30)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('deep 1')
    test.files.write('mods/lib.alloy', module('flat '))
    await test.clock.advance(30)
    expect(outputOf(test, 'test.passthrough.sink')).toBe('flat 1')
    expect(test.files.watched).toEqual(['mods/lib.alloy'])
    await test.end()
    expect(test.files.watched).toEqual([])
  })

  it('reaches instances that use it through a declare, or two', async () => {
    const use = `
      import.file "lib" { filename = "lib.alloy" }
      declare "inner" {
        lib.wrap "x" { input = "1" }
        export "output" { value = lib.wrap.x.output }
      }
      declare "outer" {
        inner "x" { }
        export "output" { value = inner.x.output }
      }
      outer "x" { }
    `
    const test = await started({ 'lib.alloy': module() }, use)
    expect(outputOf(test, 'outer.x')).toBe('1')
    test.files.write('lib.alloy', module('new '))
    await test.clock.advance(30)
    expect(outputOf(test, 'outer.x')).toBe('new 1')
    await test.end()
  })

  it('takes a text that an expression gives', async () => {
    const test = new TestEngine()
    const text = `
      test.passthrough "text" { input = ${JSON.stringify(module())} }
      import.string "lib" { content = test.passthrough.text.output }
      lib.wrap "one" { input = module_path }
    `
    expect(await test.load(text)).toEqual([])
    expect(outputOf(test, 'lib.wrap.one')).toBe('.')
    test.probe<PassthroughProbe>('test.passthrough.text').publish(module('new '))
    await settle()
    expect(outputOf(test, 'lib.wrap.one')).toBe('new .')
  })

  it('sees nothing of what is around the import', async () => {
    const test = new TestEngine()
    const text = `
declare "local" { export "e" { value = 1 } }
import.string "lib" {
  content = \`declare "a" { local "x" { } }\`
}
lib.a "x" { }
`
    expect(await test.load(text)).toEqual([
      'Error: lib:1:15: cannot find the definition of component name "local"',
    ])
  })

  it.each<[string, string, string[]]>([
    [
      'a file that is not there',
      'import.file "m" { filename = "nope.alloy" }\nm.x "one" { }',
      [
        'Error: 1:1: Failed to evaluate node for config block: failed to read file: stat nope.alloy: no such file or directory',
        'Error: 2:1: Failed to build component: loading custom component controller: custom component config not found in the registry, namespace: "m", componentName: "x"',
      ],
    ],
    [
      'what is imported inside the import',
      'import.string "m" {\ncontent = `import.string "n" {\ncontent = "declare \\"x\\" { }"\n}`\n}\nm.n.x "one" { }',
      [
        'Error: 6:1: Failed to build component: loading custom component controller: custom component config not found in the registry, namespace: "m", componentName: "n.x"',
      ],
    ],
    [
      'nothing of content that is broken and not used',
      'import.string "m" { content = "declare" }',
      [],
    ],
  ])('reports %s', async (_, text, expected) => {
    expect(await new TestEngine().load(text)).toEqual(expected)
  })

  it('ends where a file imports itself', async () => {
    const test = new TestEngine()
    test.files.write('lib.alloy', `import.file "self" { filename = "lib.alloy" }\n${module()}`)
    expect(await test.load(main)).toEqual([])
    expect(test.logger.lines).toContainEqual(
      expect.stringMatching(/nested import block failed .* modules are nested more than 20 deep$/),
    )
  })

  it('ends where a module instantiates itself', async () => {
    const test = new TestEngine()
    const own = `
      declare "wrap" {
        argument "input" { }
        import.file "lib" { filename = "lib.alloy" }
        lib.wrap "x" { input = 1 }
      }
    `
    test.files.write('lib.alloy', own)
    const [first] = await test.load(main)
    expect(first).toMatch(/modules are nested more than 20 deep$/)
  })

  it('conceals the secrets of what it imports in reports', async () => {
    const test = new TestEngine()
    test.files.write('lib.alloy', 'declare "wrap" {\nnope.x "y" { password = "hunter2hunter2" }\n}')
    const error = await test.engine
      .loadSources([{ name: '', bytes: Buffer.from(main) }])
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      concealed: [{ texts: expect.arrayContaining(['hunter2hunter2']) }],
    })
  })
})

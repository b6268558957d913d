// Declarations run in browsers too: the editor and the docs are made from them there.

import { builtinModules } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createContext, Script } from 'node:vm'
import { type Plugin, rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'
import { components } from '../../src/components/all.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const builtins = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]))

/** What browsers and Node both have; no `process`, `Buffer`, `require` or `global`. */
const webGlobals = {
  AbortController,
  AbortSignal,
  atob,
  btoa,
  clearTimeout,
  console,
  performance,
  queueMicrotask,
  setTimeout,
  structuredClone,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
}

interface Bundle {
  readonly code: string
  /** `src/eval/equal.ts imports node:util`. */
  readonly reached: readonly string[]
}

/** An entry as one script that sets `bundled`. What runs components is left out. */
async function bundle(entry: string): Promise<Bundle> {
  const reached: string[] = []
  const plugin: Plugin = {
    name: 'browser',
    resolveId(specifier, importer, { kind }) {
      if (specifier === 'entry') return '\0entry'
      const isRunner = kind === 'dynamic-import' && /\/run\.ts$/.test(specifier)
      if (isRunner) return { id: specifier, external: true }
      if (!builtins.has(specifier) && !specifier.startsWith('node:')) return null
      reached.push(`${relative(root, importer ?? '')} imports ${specifier}`)
      return { id: specifier, external: true }
    },
    load: (id) => (id === '\0entry' ? entry : null),
  }
  const build = await rolldown({
    input: 'entry',
    cwd: root,
    platform: 'browser',
    plugins: [plugin],
    logLevel: 'silent',
  })
  try {
    const { output } = await build.generate({
      format: 'iife',
      name: 'bundled',
      codeSplitting: false,
    })
    return { code: output[0].code, reached: reached.sort() }
  } finally {
    await build.close()
  }
}

/** Loads and shows every declaration, and decodes an empty body with each. */
const declarations = `
  import { components, configBlocks } from '${root}src/components/all.ts'
  import { instanceOf } from '${root}src/components/prometheus/exporter/instance.ts'
  import { Scope } from '${root}src/eval/scope.ts'
  import { decodeBlock } from '${root}src/schema/decode.ts'
  import { schemaJson } from '${root}src/schema/schema_json.ts'
  import { Diagnostics } from '${root}src/syntax/diagnostics.ts'
  import { parseFile } from '${root}src/syntax/parser.ts'
  import { createSource } from '${root}src/syntax/source.ts'
  const empty = parseFile(createSource('', new Uint8Array()), new Diagnostics())
  const all = (loads) => Promise.all(Object.values(loads).map(async (load) => {
    return (await load()).declaration
  }))
  async function answer() {
    const [declared, blocks] = await Promise.all([all(components), all(configBlocks)])
    const problems = declared.map(({ name, arguments: schema }) => {
      return [name, decodeBlock(schema, empty, Scope.empty).problems.map(({ message }) => message)]
    })
    const json = schemaJson(declared, blocks)
    const instances = Object.keys(instanceOf)
    return JSON.stringify({ components: Object.keys(json.components), problems, instances })
  }
  export const answered = answer()`

describe('in a browser', () => {
  it('loads declarations without anything of Node', async () => {
    const { code, reached } = await bundle(declarations)
    expect(reached).toEqual([])
    const context = createContext({ ...webGlobals })
    new Script(`${code}; globalThis.answered = bundled.answered`).runInContext(context)
    const answer = JSON.parse(await context.answered)
    expect(answer.components).toEqual(Object.keys(components))
    expect(new Map(answer.problems).get('prometheus.exporter.oracledb')).toEqual([
      'no connection string was provided',
    ])
    expect(answer.instances).toContain('mysql')
  })

  it('misses what only Node has', async () => {
    const { code } = await bundle('export const answered = Buffer.from("x")')
    expect(() => new Script(code).runInNewContext({ ...webGlobals })).toThrow(
      'Buffer is not defined',
    )
  })

  it('tells who reaches Node', async () => {
    const { reached } = await bundle(`import '${root}src/go/linear_regexp.ts'`)
    expect(reached).toEqual(['src/go/linear_regexp.ts imports node:v8'])
  })
})

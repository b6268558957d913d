import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import glob from 'fast-glob'
import { describe, expect, it } from 'vitest'
import {
  blockDeclarationOf,
  components,
  configBlocks,
  declarationOf,
} from '../../src/components/all.ts'
import {
  logsReceiver,
  metricsReceiver,
  otelConsumer,
  profilesReceiver,
} from '../../src/model/capsules.ts'
import { target } from '../../src/model/targets.ts'
import type { Signal } from '../../src/schema/declaration.ts'
import type { Fields, Schema } from '../../src/schema/schema.ts'
import { schemaJson } from '../../src/schema/schema_json.ts'
import type { Type } from '../../src/schema/type.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const all = await Promise.all(
  Object.values(components).map(async (load) => (await load()).declaration),
)
const blocks = await Promise.all(
  Object.values(configBlocks).map(async (load) => (await load()).declaration),
)

function docsOf(schema: Schema, above: string): string[] {
  return Object.entries(schema.fields as Fields).flatMap(([name, field]) => {
    const path = `${above}.${name}`
    const inner = field.kind === 'block' ? docsOf(field.schema, path) : []
    return [`${path}: ${field.doc}`, ...inner]
  })
}

/** By the name of the type; the original has one receiver for all that OpenTelemetry carries. */
const signals: ReadonlyMap<string, readonly Signal[]> = new Map([
  [metricsReceiver.name, ['prometheus metrics']],
  [logsReceiver.name, ['loki logs']],
  [otelConsumer.name, ['otel metrics', 'otel logs', 'otel traces']],
  [profilesReceiver.name, ['pyroscope profiles']],
])

function signalsOf(type: Type<unknown>): readonly Signal[] {
  if (type === target) return ['targets']
  return type.element ? signalsOf(type.element) : (signals.get(type.name) ?? [])
}

/** Some schemas hold themselves. */
function signalsIn(schema: Schema, seen = new Set<Schema>()): Signal[] {
  if (seen.has(schema)) return []
  seen.add(schema)
  return Object.values(schema.fields as Fields).flatMap((field) => {
    if (field.kind === 'attribute') return signalsOf(field.type)
    if (field.kind === 'block') return signalsIn(field.schema, seen)
    if (field.kind === 'label') return []
    return Object.values(field.variants).flatMap((variant) => signalsIn(variant, seen))
  })
}

function sorted(all: readonly Signal[]): Signal[] {
  return [...new Set(all)].sort()
}

function fileOf(name: string): string {
  return `src/components/${name.replaceAll('.', '/')}.ts`
}

describe('the registry', () => {
  it('names every declaration as the declaration does', () => {
    expect(all.map(({ name }) => name)).toEqual(Object.keys(components))
    expect(blocks.map(({ name }) => name)).toEqual(Object.keys(configBlocks))
  })

  it('is sorted, and no name is the beginning of another', () => {
    const names = [...Object.keys(components), ...Object.keys(configBlocks)]
    expect(Object.keys(components)).toEqual(Object.keys(components).toSorted())
    expect(names.filter((name) => names.some((other) => other.startsWith(`${name}.`)))).toEqual([])
  })

  it('finds every declaration where its name says, and lists all there are', async () => {
    const files = glob.sync('src/components/**/*.ts', { cwd: root })
    const declaring = files.filter((file) => {
      return /^export const declaration = declare\(/m.test(readFileSync(`${root}${file}`, 'utf8'))
    })
    const expected = Object.keys(components).map((name) => fileOf(name))
    expect(declaring.sort()).toEqual(expected.sort())
    for (const declaration of all) {
      const module = await import(/* @vite-ignore */ `../../${fileOf(declaration.name)}`)
      expect(module.declaration, declaration.name).toBe(declaration)
    }
  })

  it('has what runs a component beside its declaration, where it says so', async () => {
    for (const { name, load } of all) {
      const runner = fileOf(name).replace(/\.ts$/, '/run.ts')
      expect(existsSync(`${root}${runner}`), name).toBe(load !== undefined)
      if (load === undefined) continue
      expect(await load(), name).toBe(await import(/* @vite-ignore */ `../../${runner}`))
    }
  })

  it('knows nothing that it does not list', async () => {
    expect(await declarationOf('prometheus.scrap')).toBeUndefined()
    expect(await declarationOf('constructor')).toBeUndefined()
    expect(await blockDeclarationOf('toString')).toBeUndefined()
  })
})

describe('declarations', () => {
  it('document everything in sentences', () => {
    const lines = [...all, ...blocks].flatMap(({ name, summary, arguments: schema }) => {
      return [`${name}: ${summary}`, ...(schema ? docsOf(schema, name) : [])]
    })
    expect(lines.filter((line) => !/: [A-Z].*\.$/.test(line))).toEqual([])
  })

  it('leave no placeholder', () => {
    const files = glob.sync('src/**/*.ts', { cwd: root })
    const unfinished = files.filter((file) =>
      readFileSync(`${root}${file}`, 'utf8').includes('\u00bf'),
    )
    expect(unfinished).toEqual([])
  })

  it('accept the signals that their arguments take', () => {
    for (const { name, accepts, arguments: schema } of all) {
      expect({ name, accepts: accepts.toSorted() }).toEqual({
        name,
        accepts: sorted(signalsIn(schema)),
      })
    }
  })

  it('emit the signals that their exports give', () => {
    for (const { name, emits, exports } of all) {
      const given = Object.values(exports).flatMap(({ type }) => signalsOf(type))
      expect({ name, emits: emits.toSorted() }).toEqual({ name, emits: sorted(given) })
    }
  })

  it('name metrics once each, with help', () => {
    for (const { metrics } of all) {
      const names = Object.values(metrics).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      for (const { help } of Object.values(metrics)) expect(help).toMatch(/\.$/)
    }
  })

  it('are plain data, but for bigints', () => {
    const json = schemaJson(all, blocks)
    expect(JSON.parse(JSON.stringify(json))).toEqual(json)
    expect(Object.keys(json.components)).toEqual(Object.keys(components))
  })
})

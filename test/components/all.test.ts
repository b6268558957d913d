import { describe, expect, it } from 'vitest'
import {
  blockDeclarationOf,
  components,
  configBlocks,
  declarationOf,
} from '../../src/components/all.ts'
import type { Fields, Schema } from '../../src/schema/schema.ts'
import { schemaJson } from '../../src/schema/schema_json.ts'

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

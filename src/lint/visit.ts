// The blocks and attributes of a configuration, with what is known of their values.

import type { StaticModule, StaticNode } from '../engine/static/model.ts'
import { EvaluationError } from '../eval/errors.ts'
import { evaluate } from '../eval/evaluate.ts'
import { OptionalSecret } from '../eval/secret.ts'
import { containsUnknown, type Value } from '../eval/value.ts'
import { parseDurationMs } from '../go/duration.ts'
import { findField } from '../schema/decode.ts'
import type { Field, Schema } from '../schema/schema.ts'
import type { AttributeStatement, BlockStatement, Expression } from '../syntax/tree.ts'

/** A block at any depth: that of a node, or one within it. */
export interface BlockSite {
  readonly module: StaticModule
  readonly node: StaticNode
  readonly block: BlockStatement
  /** Names of the blocks from the node's body to this one: `['endpoint', 'basic_auth']`. */
  readonly path: readonly string[]
  /** Absent where nothing is declared. */
  readonly schema: Schema | undefined
  /** The block around it; absent for that of a node. */
  readonly parent?: BlockSite
}

export interface AttributeSite extends BlockSite {
  readonly attribute: AttributeStatement
  readonly field: Field | undefined
}

/** In the order of the text of each module. */
export function blockSites(modules: readonly StaticModule[]): readonly BlockSite[] {
  return modules.flatMap((module) =>
    module.nodes.flatMap((node) => {
      const { block, declaration } = node
      return sitesWithin({ module, node, block, path: [], schema: declaration?.arguments })
    }),
  )
}

/** The block and those in it; templates are modules of their own. */
function sitesWithin(site: BlockSite): readonly BlockSite[] {
  const inner = site.block.body.flatMap((statement) => {
    if (statement.kind === 'attribute') return []
    if (site.node.block.name === 'foreach' && statement.name === 'template') return []
    const path = [...site.path, statement.name]
    const schema = innerSchema(site.schema, statement.name)
    return sitesWithin({ ...site, block: statement, path, schema, parent: site })
  })
  return [site, ...inner]
}

function innerSchema(schema: Schema | undefined, name: string): Schema | undefined {
  const [prefix, field] = schema === undefined ? [name] : findField(schema.fields, name)
  if (field?.kind === 'block') return field.schema
  return field?.kind === 'choice' ? field.variants[name.slice(prefix.length + 1)] : undefined
}

export function attributeSites(blocks: readonly BlockSite[]): readonly AttributeSite[] {
  return blocks.flatMap((site) =>
    site.block.body.flatMap((attribute) => {
      if (attribute.kind !== 'attribute') return []
      const field = site.schema && findField(site.schema.fields, attribute.name)[1]
      return [{ ...site, attribute, field }]
    }),
  )
}

/** What stands for an argument: written, or its default where that is declared. */
export interface Setting {
  /** Undefined where only a running program knows it. */
  readonly value: Value | undefined
  /** Absent for defaults. */
  readonly attribute?: AttributeStatement
}

export function settingOf(site: BlockSite, name: string): Setting {
  const attribute = attributeOf(site.block, name)
  if (attribute !== undefined) return { value: knownValue(attribute.value, site.node), attribute }
  const field = site.schema?.fields[name]
  return { value: field?.kind === 'attribute' ? field.default : undefined }
}

export function attributeOf(block: BlockStatement, name: string): AttributeStatement | undefined {
  for (const each of block.body) if (each.kind === 'attribute' && each.name === name) return each
  return undefined
}

/** The value of an expression, where it is known before anything runs. */
export function knownValue(expression: Expression, { scope }: StaticNode): Value | undefined {
  try {
    const value = evaluate(expression, scope)
    return containsUnknown(value) ? undefined : value
  } catch (error) {
    if (error instanceof EvaluationError) return undefined // which the checks before have said
    throw error
  }
}

/** A text that is no secret. */
export function textOf(value: Value | undefined): string | undefined {
  if (value instanceof OptionalSecret) return value.isSecret ? undefined : value.reveal()
  return typeof value === 'string' ? value : undefined
}

/** Milliseconds, of a duration that is one. */
export function durationOf(value: Value | undefined): number | undefined {
  const text = textOf(value)
  try {
    return text === undefined ? undefined : parseDurationMs(text)
  } catch {
    return undefined // which the checks before have said
  }
}

/** Texts of a list that is known as a whole. */
export function textsOf(value: Value | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const texts = value.map(textOf)
  return texts.every((text) => text !== undefined) ? texts : undefined
}

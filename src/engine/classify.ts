// Sorts the top-level statements of a configuration by what they are.

import type { Span } from '../syntax/source.ts'
import type { AttributeStatement, BlockStatement, Statement } from '../syntax/tree.ts'

export interface Classified {
  readonly attributes: readonly AttributeStatement[]
  readonly declares: readonly BlockStatement[]
  /** `logging`, `argument`, `import.file` and the like. */
  readonly configBlocks: readonly BlockStatement[]
  /** Blocks of services, such as `http`. */
  readonly services: readonly BlockStatement[]
  /** Everything else: components, built-in or custom. */
  readonly components: readonly BlockStatement[]
}

const configBlockNames = new Set([
  'logging',
  'tracing',
  'argument',
  'export',
  'foreach',
  'import.file',
  'import.string',
  'import.http',
  'import.git',
])

export const serviceNames: ReadonlySet<string> = new Set([
  'http',
  'cluster',
  'livedebugging',
  'remotecfg',
  'labelstore',
  'otel',
  'ui',
])

/** `isService` knows the names of services. */
export function classify(
  body: readonly Statement[],
  isService: (name: string) => boolean = (name) => serviceNames.has(name),
): Classified {
  const attributes: AttributeStatement[] = []
  const declares: BlockStatement[] = []
  const configBlocks: BlockStatement[] = []
  const services: BlockStatement[] = []
  const components: BlockStatement[] = []
  for (const statement of body) {
    if (statement.kind === 'attribute') attributes.push(statement)
    else if (statement.name === 'declare') declares.push(statement)
    else if (configBlockNames.has(statement.name)) configBlocks.push(statement)
    // With a label it is taken for a component, of which there is none.
    else if (statement.label === '' && isService(statement.name)) services.push(statement)
    else components.push(statement)
  }
  return { attributes, declares, configBlocks, services, components }
}

/** The name and, where it has one, the label. */
export function idOf(block: BlockStatement): string {
  return block.label === '' ? block.name : `${block.name}.${block.label}`
}

/** Where a block's id stands: as many bytes as the id is long, though labels have quotes. */
export function idSpan(block: BlockStatement): Span {
  const { source, start } = block.nameSpan
  return { source, start, end: start + Buffer.byteLength(idOf(block)) }
}

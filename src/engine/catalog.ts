// What a configuration may name, and who may use it.

import type { BlockDeclaration, Declaration } from '../schema/declaration.ts'
import type { Stability } from '../schema/schema.ts'

/** The declarations that an engine or a validator works with. */
export interface Catalog {
  /** Loads the declaration of a component; undefined where there is none. */
  component(name: string): Promise<Declaration | undefined>
  /** A configuration block, such as `logging`. */
  block(name: string): BlockDeclaration | undefined
}

/** What the flags of the command line let through. */
export interface Features {
  readonly stability: Stability
  readonly community: boolean
}

const ranks: Readonly<Record<Stability, number>> = {
  experimental: 0,
  'public-preview': 1,
  'generally-available': 2,
}

/** The refusal of something less stable than allowed; `subject` is `component "x"` or the like. */
export function stabilityProblem(
  subject: string,
  stability: Stability,
  minimum: Stability,
): string | undefined {
  if (ranks[stability] >= ranks[minimum]) return undefined
  return (
    `${subject} is at stability level "${stability}", which is below the minimum allowed ` +
    `stability level "${minimum}". Use --stability.level command-line flag to enable ` +
    `"${stability}" features`
  )
}

/** What is said against a component of that name, by the catalog or the flags. */
export function componentProblem(
  name: string,
  declaration: Declaration | undefined,
  features: Features,
): string | undefined {
  if (declaration === undefined) return `cannot find the definition of component name "${name}"`
  if (declaration.community !== true) {
    return stabilityProblem(`component "${name}"`, declaration.stability, features.stability)
  }
  if (features.community) return undefined
  return (
    `the component "${name}" is a community component. Use the ` +
    '--feature.community-components.enabled command-line flag to enable community components'
  )
}

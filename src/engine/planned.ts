// The nodes of a graph before anything lives in them.

import type { BlockDeclaration, Declaration } from '../schema/declaration.ts'
import type { BlockStatement } from '../syntax/tree.ts'
import type { Registry } from './modules/registry.ts'
import type { Reference } from './references.ts'

interface Planned {
  readonly id: string
  readonly block: BlockStatement
  readonly references: readonly Reference[]
}

export interface PlannedComponent extends Planned {
  readonly kind: 'component'
  readonly declaration: Declaration
}

/** A configuration block. It exists without its statement too, with its defaults. */
export interface PlannedBlock extends Omit<Planned, 'block'> {
  readonly kind: 'block'
  readonly declaration: BlockDeclaration
  readonly block: BlockStatement | undefined
}

/** What is given to a module, or comes out of it. */
export interface PlannedPort extends Planned {
  readonly kind: 'argument' | 'export'
  readonly declaration: BlockDeclaration
}

export interface PlannedDeclare extends Planned {
  readonly kind: 'declare'
}

/** An instance of a `declare`. */
export interface PlannedCustom extends Planned {
  readonly kind: 'custom'
  readonly registry: Registry
  /** Labels of this module's imports that it is made of, directly or not. */
  readonly imports: readonly string[]
}

export interface PlannedForeach extends Planned {
  readonly kind: 'foreach'
  readonly declaration: BlockDeclaration
  readonly registry: Registry
  readonly imports: readonly string[]
}

export interface PlannedImport extends Planned {
  readonly kind: 'import'
  readonly declaration: BlockDeclaration
  /** Of the module that it stands in. */
  readonly registry: Registry
}

export type PlannedNode =
  | PlannedComponent
  | PlannedBlock
  | PlannedPort
  | PlannedDeclare
  | PlannedCustom
  | PlannedForeach
  | PlannedImport

// What a lint is: something that a good reviewer would say of a configuration that Alloy loads.

import type { StaticModule } from '../engine/static/model.ts'
import type { Span } from '../syntax/source.ts'
import type { File } from '../syntax/tree.ts'
import type { Rule } from './rule.ts'
import type { AttributeSite, BlockSite } from './visit.ts'

export interface Lint extends Rule {
  /** Looks at the whole configuration and reports what it finds, in any order. */
  check(config: LintedConfig, report: Report): void
}

/** The configuration's own files, without what they import. */
export interface LintedConfig {
  readonly files: readonly File[]
  readonly root: StaticModule
  /** The root, its declares and its templates. */
  readonly modules: readonly StaticModule[]
  /** Of components and configuration blocks, those inside others included. */
  readonly blocks: readonly BlockSite[]
  readonly attributes: readonly AttributeSite[]
}

/** The smallest span that shows what is meant; the hint says what to do. */
export type Report = (span: Span, message: string, hint?: string) => void

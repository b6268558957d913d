// A parsed JSONPath.

import type { Value } from '../value.ts'

export type Fragment =
  | { readonly kind: 'root' }
  | { readonly kind: 'current' }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'descent' }
  | { readonly kind: 'pick'; readonly keys: readonly (string | number)[] }
  | {
      readonly kind: 'slice'
      readonly from: number
      /** Absent where the path gives none. */
      readonly to?: number
      readonly step: number
    }
  | { readonly kind: 'filter'; readonly condition: Condition }

export type Path = readonly Fragment[]

export type Condition =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'regexp'; readonly matches: (text: string) => boolean }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Condition[] }
  | {
      readonly kind: 'operation'
      readonly operator: string
      readonly left: Condition
      readonly right: Condition
    }

// What a component shows of its inside; the API encodes it as it encodes arguments.

import type { Value } from '../eval/value.ts'

/** To be gone through once: what is long is made as it is read, so that the loop may turn. */
export type DebugBody = Iterable<DebugStatement>

export type DebugStatement =
  | { readonly kind: 'attribute'; readonly name: string; readonly value: Value }
  | {
      readonly kind: 'block'
      readonly name: string
      readonly label?: string
      readonly body: DebugBody
    }

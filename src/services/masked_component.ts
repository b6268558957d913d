// A component as others may see it: what servers told it may repeat the secrets it sent to them.

import type { ComponentView } from '../engine/component_view.ts'
import type { DebugBody, DebugStatement } from '../engine/debug_info.ts'
import { Capsule, Struct, type Value } from '../eval/value.ts'

type Mask = (text: string) => string

/**
 * With `mask` over health, delivery and debug info. Arguments and exports redact by schema; whoever
 * prints them masks them too, piece by piece, for they may be long.
 */
export function maskedComponent(component: ComponentView, mask: Mask): ComponentView {
  const { delivery } = component
  return {
    ...component,
    mask,
    health: () => {
      const health = component.health()
      return { ...health, message: mask(health.message) }
    },
    debugInfo: () => maskedBody(component.debugInfo(), mask),
    ...(delivery && {
      delivery: () => {
        const state = delivery()
        return { ...state, message: mask(state.message) }
      },
    }),
  }
}

/** Statement by statement, as they are read: there may be thousands. */
function* maskedBody(body: DebugBody, mask: Mask): Generator<DebugStatement> {
  for (const statement of body) {
    yield statement.kind === 'attribute'
      ? { ...statement, value: maskedValue(statement.value, mask) }
      : { ...statement, body: maskedBody(statement.body, mask) }
  }
}

/** What converts into an object, such as a target, becomes one. */
export function maskedValue(value: Value, mask: Mask): Value {
  if (typeof value === 'string') return mask(value)
  if (value instanceof Capsule && value.asObject !== undefined) {
    return maskedValue(value.asObject(), mask)
  }
  if (Array.isArray(value)) return value.map((element) => maskedValue(element, mask))
  if (!(value instanceof Map)) return value
  const entries = [...value].map(([name, inner]): [string, Value] => {
    return [name, maskedValue(inner, mask)]
  })
  return value instanceof Struct ? new Struct(entries) : new Map(entries)
}

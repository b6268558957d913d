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

/** Masked where it is read, statement by statement: there may be thousands of targets. */
function maskedBody(body: DebugBody, mask: Mask): DebugBody {
  return body.map((statement): DebugStatement => {
    if (statement.kind === 'attribute') {
      const { kind, name } = statement
      return {
        kind,
        name,
        get value() {
          return maskedValue(statement.value, mask)
        },
      }
    }
    const { kind, name, label } = statement
    return {
      kind,
      name,
      ...(label !== undefined && { label }),
      get body() {
        return maskedBody(statement.body, mask)
      },
    }
  })
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

// Values as JSON text the way Go's json.Marshal writes them: keys sorted, `<`, `>` and `&` escaped.

import { jsonString } from '../../go/json_text.ts'
import { toArray } from '../coerce.ts'
import { CallError } from '../errors.ts'
import { OptionalSecret, Secret } from '../secret.ts'
import { Bytes, Capsule, FunctionValue, Uint64, type Value } from '../value.ts'

/** Secrets are written in full: whoever calls this makes the result a secret. */
export function marshal(value: Value): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return `${value}`
  if (typeof value === 'string') return jsonString(value)
  if (typeof value === 'number') return marshalFloat(value)
  if (value instanceof Uint64) return `${value.value}`
  if (value instanceof Secret) return jsonString(value.reveal())
  if (value instanceof OptionalSecret) {
    return `{"IsSecret":${value.isSecret},"Value":${jsonString(value.reveal())}}`
  }
  if (Array.isArray(value) || value instanceof Bytes) {
    return `[${toArray(value).map(marshal).join(',')}]`
  }
  if (value instanceof Map) return marshalObject(value)
  if (value instanceof Capsule && value.asObject !== undefined) {
    return marshalObject(value.asObject())
  }
  throw new CallError(
    `json: unsupported type: ${value instanceof FunctionValue ? 'func' : typeOf(value)}`,
  )
}

function typeOf(value: Value): string {
  return value instanceof Capsule ? value.type : 'unknown'
}

function marshalObject(object: ReadonlyMap<string, Value>): string {
  const keys = [...object.keys()].sort()
  return `{${keys.map((key) => `${jsonString(key)}:${marshal(object.get(key)!)}`).join(',')}}`
}

function marshalFloat(value: number): string {
  if (!Number.isFinite(value)) {
    const text = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
    throw new CallError(`json: unsupported value: ${text}`)
  }
  return Object.is(value, -0) ? '-0' : String(value)
}

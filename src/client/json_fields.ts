// Reads fields of answers, which may be of any program and any version.

import { ClientError } from './client_error.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Throws a ClientError for anything but an object. */
export function fieldsOf(json: unknown): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ClientError('shape', 'the answer holds something else than an object')
  }
  return { ...json }
}

/** Throws a ClientError for anything but a list; null is an empty one, as Go writes it. */
export function listOf(json: unknown): readonly unknown[] {
  if (json === null) return []
  if (!Array.isArray(json)) throw new ClientError('shape', 'the answer is not a list')
  return json
}

/** Empty for anything but a string. */
export function stringOf(json: unknown): string {
  return typeof json === 'string' ? json : ''
}

/** Only the strings of a list; empty for anything else. */
export function stringsOf(json: unknown): readonly string[] {
  return Array.isArray(json) ? json.filter((each) => typeof each === 'string') : []
}

/** 0 for anything but a finite number. */
export function numberOf(json: unknown): number {
  return typeof json === 'number' && Number.isFinite(json) ? json : 0
}

/** Unix time in ms of RFC 3339; 0 for what is none, and for Go's zero time. */
export function timeOf(json: unknown): number {
  const timeMs = Date.parse(stringOf(json))
  return Number.isNaN(timeMs) || timeMs < 0 ? 0 : timeMs
}

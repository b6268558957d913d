// Expressions given as text, one by one: what `tools eval` does.

import { bytesOf } from '../go/text.ts'
import { Diagnostics, DiagnosticsError, summarize } from '../syntax/diagnostics.ts'
import { parseExpression } from '../syntax/parser.ts'
import { createSource } from '../syntax/source.ts'
import { EvaluationError } from './errors.ts'
import { evaluate } from './evaluate.ts'
import { type Json, losslessJson, valueOfJson } from './lossless.ts'
import type { Scope } from './scope.ts'
import { createStdlib, type Surroundings } from './stdlib.ts'
import type { Value } from './value.ts'

interface Request {
  readonly expr: string
  readonly scope?: { readonly [name: string]: Json }
  readonly env?: { readonly [name: string]: string }
}

/** Answers a line `{"expr": TEXT, "scope": {…}, "env": {…}}`; the last two may be missing. */
export function answer(line: string, surroundings: Surroundings): { ok: Json } | { error: string } {
  const request = parseRequest(line)
  if (typeof request === 'string') return { error: request }
  const { expr, scope = {}, env } = request
  const machine = env === undefined ? surroundings : { ...surroundings, env: lookupIn(env) }
  const names = new Map(Object.entries(scope).map(([name, json]) => [name, valueOfJson(json)]))
  try {
    return { ok: losslessJson(evaluateSource(expr, createStdlib(machine).extend(names))) }
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error
    return { error: summarize(error.list) }
  }
}

/** Throws a `DiagnosticsError`: all that is wrong with the syntax, or the one wrong value. */
export function evaluateSource(text: string, scope: Scope): Value {
  const diagnostics = new Diagnostics()
  const expression = parseExpression(createSource('', bytesOf(text)), diagnostics)
  if (diagnostics.errors > 0) throw new DiagnosticsError(diagnostics.list)
  try {
    return evaluate(expression, scope)
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    const { message, span } = error
    throw new DiagnosticsError([{ severity: 'error', message, span }])
  }
}

/** What is wrong with it, where it is no request. */
function parseRequest(line: string): Request | string {
  let request: unknown
  try {
    request = JSON.parse(line)
  } catch (error) {
    return `not JSON: ${(error as Error).message}`
  }
  const wanted = 'expected {"expr": TEXT, "scope": {…}, "env": {NAME: TEXT}}'
  if (typeof request !== 'object' || request === null) return wanted
  const { expr, scope = {}, env = {} } = request as Record<string, unknown>
  const isRequest = typeof expr === 'string' && isRecord(scope) && isRecord(env)
  const hasTexts = isRequest && Object.values(env).every((value) => typeof value === 'string')
  return hasTexts ? (request as Request) : wanted // its parts were looked at
}

function isRecord(part: unknown): part is object {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
}

function lookupIn(env: { readonly [name: string]: string }): (name: string) => string | undefined {
  return (name) => (Object.hasOwn(env, name) ? env[name] : undefined)
}

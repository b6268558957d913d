// plain-text-secret

import { isCredentialKey, isCredentialName } from '../schema/credential_names.ts'
import type { Type } from '../schema/type.ts'
import type { Expression } from '../syntax/tree.ts'
import { isPlaceholder } from './endpoint_urls.ts'
import type { Lint, Report } from './lint.ts'
import type { AttributeSite } from './visit.ts'

export const plainTextSecret: Lint = {
  code: 'plain-text-secret',
  severity: 'warning',
  summary: 'A secret is written in the configuration, where everybody who reads it sees it.',
  check({ attributes }, report) {
    for (const site of attributes) {
      if (site.node.kind === 'component' || site.node.kind === 'block') look(site, report)
    }
  },
}

const hint = 'Read it with sys.env, local.file or one of remote.*.'

function look({ attribute, field }: AttributeSite, report: Report): void {
  const { name, value } = attribute
  const isSecret = field?.kind === 'attribute' ? holdsSecret(field.type) : isCredentialName(name)
  const literals = isSecret ? literalsOf(value) : headerLiterals(value)
  for (const literal of literals) {
    if (literal.kind !== 'literal' || literal.type !== 'string') continue
    const text = literal.text.slice(1, -1)
    if (text !== '' && !isPlaceholder(text)) {
      report(literal.span, `${name} holds a secret in plain text`, hint)
    }
  }
  const inUrl = literalsOf(value).find((each) => each.kind === 'literal' && hasPassword(each.text))
  if (!isSecret && inUrl !== undefined) {
    report(inUrl.span, `${name} holds a password in plain text`, hint)
  }
}

/** A text that is secret only where it comes from one, such as that of import.string, is none. */
function holdsSecret({ capsule, element }: Type<unknown>): boolean {
  return capsule === 'alloytypes.Secret' || (element !== undefined && holdsSecret(element))
}

/** Literals that stand for the value as a whole. */
function literalsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
      return [expression]
    case 'paren':
      return literalsOf(expression.value)
    case 'array':
      return expression.elements.flatMap(literalsOf)
    case 'object':
      return expression.fields.flatMap(({ value }) => literalsOf(value))
    default:
      return []
  }
}

/** `headers = { Authorization = "…" }`. */
function headerLiterals(expression: Expression): readonly Expression[] {
  if (expression.kind !== 'object') return []
  return expression.fields
    .filter(({ name }) => isCredentialKey(name.replaceAll('"', '')))
    .flatMap(({ value }) => literalsOf(value))
}

function hasPassword(text: string): boolean {
  const [, password = ''] = /^["`]\w[\w+.-]*:\/\/[^/?#:@\s]*:([^/?#@\s]+)@/.exec(text) ?? []
  return password !== '' && !isPlaceholder(password)
}

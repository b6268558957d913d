import { expect, test } from 'vitest'
import { declaration } from '../../../../src/components/otelcol/auth/basic.ts'
import { complaints } from '../../../support/config_block.ts'

test.each<[string, string[]]>([
  ['', ['no credential source provided']],
  ['username = "u"', ['no password provided']],
  ['password = "p"', ['no username provided']],
  ['username = "u"\npassword = "p"', []],
  ['client_auth { username_file = "u" }', []],
  ['htpasswd { file = "f" }', []],
])('%j', (body, problems) => {
  expect(complaints(declaration.arguments, body)).toEqual(problems)
})

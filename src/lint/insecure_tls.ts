// insecure-tls

import type { Lint } from './lint.ts'
import { knownValue } from './visit.ts'

export const insecureTls: Lint = {
  code: 'insecure-tls',
  severity: 'warning',
  summary: 'The certificate of a server is not checked, so that anyone may answer in its place.',
  check({ attributes }, report) {
    for (const { attribute, node } of attributes) {
      if (attribute.name !== 'insecure_skip_verify') continue
      if (knownValue(attribute.value, node) !== true) continue
      report(
        attribute.span,
        'the certificate of the server is not checked',
        "Give the authority's certificate in ca_file or ca_pem instead.",
      )
    }
  },
}

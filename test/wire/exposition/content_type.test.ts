import { describe, expect, it } from 'vitest'
import { chooseFormat, type ScrapeProtocol } from '../../../src/wire/exposition/content_type.ts'

const text = 'PrometheusText0.0.4'

const cases: [
  header: string,
  fallback: ScrapeProtocol | '',
  format: string | undefined,
  problem?: string,
][] = [
  ['text/plain', '', 'prometheus'],
  ['text/plain; version=0.0.4; charset=utf-8', '', 'prometheus'],
  ['Application/OpenMetrics-Text; version=1.0.0', '', 'openmetrics'],
  ['application/vnd.google.protobuf', text, 'protobuf'],
  ['text/plain;', '', 'prometheus'],
  ['', '', undefined, 'non-compliant scrape target sending blank Content-Type and no fallback'],
  ['', text, 'prometheus', 'using fallback_scrape_protocol "text/plain"'],
  ['text/html', '', undefined, 'received unsupported Content-Type "text/html" and no fallback'],
  ['text/html', text, 'prometheus', 'received unsupported Content-Type "text/html", using'],
  ['text/plain; a', '', undefined, 'mime: invalid media parameter'],
  ['text/plain; a=1; a=2', text, 'prometheus', 'mime: duplicate parameter name'],
  ['text plain', text, 'prometheus', 'mime: expected slash after first token'],
]

describe('the format of a page', () => {
  for (const [header, fallback, format, problem] of cases) {
    it(`"${header}" with fallback "${fallback}" is ${format ?? 'none'}`, () => {
      const chosen = chooseFormat(header, fallback)
      expect(chosen.format).toBe(format)
      if (problem === undefined) expect(chosen.problem).toBeUndefined()
      else expect(chosen.problem).toContain(problem)
    })
  }
})

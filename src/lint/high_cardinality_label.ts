// high-cardinality-label

import type { Lint } from './lint.ts'

export const highCardinalityLabel: Lint = {
  code: 'high-cardinality-label',
  severity: 'warning',
  summary: 'A label of log entries has so many values that Loki keeps a stream for almost each.',
  check({ attributes }, report) {
    for (const { attribute, path, node } of attributes) {
      if (node.block.name !== 'loki.process' || path.at(-1) !== 'stage.labels') continue
      if (attribute.name !== 'values' || attribute.value.kind !== 'object') continue
      for (const { name, nameSpan } of attribute.value.fields) {
        if (!many.test(name)) continue
        report(
          nameSpan,
          `${name} makes a stream of almost each entry`,
          'Use stage.structured_metadata, which costs nothing.',
        )
      }
    }
  },
}

const many =
  /^(?:(?:trace|span|request|req|session|user|customer|correlation|transaction|message|order)_?id|(?:client|remote|source|src)_?(?:ip|addr|address|port)|ip|uuid|guid|time|ts|timestamp|msg|message|line|url|uri|query|referer|referrer|user_?agent|duration|latency|bytes)$/i

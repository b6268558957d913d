import { expect, test } from 'vitest'
import { declaration as alerts } from '../../../src/components/mimir/alerts/kubernetes.ts'
import { declaration as rules } from '../../../src/components/mimir/rules/kubernetes.ts'
import { complaints } from '../../support/config_block.ts'

const tooOften = 'sync_interval must be greater than 0'

function withMatchType(type: string): string {
  return `extra_query_matchers {\nmatcher {\nname = "x"\nmatch_type = "${type}"\n}\n}`
}

test.each<[string, string[]]>([
  [withMatchType('=~'), []],
  [withMatchType('=='), ['invalid match type: "=="']],
  ['sync_interval = "0s"', [tooOften]],
  ['mimir_namespace_prefix = ""', ['mimir_namespace_prefix must not be empty']],
  ['no_proxy = "x"', ['if no_proxy is configured, proxy_url must also be configured']],
])('mimir.rules.kubernetes { %s }', (body, problems) => {
  expect(complaints(rules.arguments, `address = "x"\n${body}`)).toEqual(problems)
})

test('mimir.alerts.kubernetes synchronizes now and then', () => {
  const body = 'address = "x"\nglobal_config = "x"\n'
  expect(complaints(alerts.arguments, body)).toEqual([])
  expect(complaints(alerts.arguments, `${body}sync_interval = "0s"`)).toEqual([tooOften])
})

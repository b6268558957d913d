import { expect, test } from 'vitest'
import { declaration } from '../../../../src/components/otelcol/exporter/datadog.ts'
import { complaints, decoding } from '../../../support/config_block.ts'

const schema = declaration.arguments
const onlyMetadata =
  "only_metadata can't be enabled when host_metadata::enabled = false or " +
  'host_metadata::hostname_source != first_resource'

test.each<[string, string, string[]]>([
  ['nothing more is needed', '', []],
  ['a host', 'hostname = "a.b-c.example"', []],
  [
    'a host that ends in a hyphen',
    'hostname = "a-.example"',
    ['hostname field is invalid: a-.example is not RFC1123 compliant'],
  ],
  [
    'this host',
    'hostname = "localhost"',
    ['hostname field is invalid: localhost is a local hostname'],
  ],
  [
    'a long host',
    `hostname = "${'a'.repeat(256)}"`,
    ['hostname field is invalid: name exceeded the maximum length of 255 characters'],
  ],
  ['no source of metadata', 'only_metadata = true', [onlyMetadata]],
  [
    'metadata of the first resource',
    'only_metadata = true\nhost_metadata { hostname_source = "first_resource" }',
    [],
  ],
  [
    'histograms that send nothing',
    'metrics {\nhistograms { mode = "nobuckets" }\n}',
    ["'nobuckets' mode and `send_aggregation_metrics` set to false will send no histogram metrics"],
  ],
])('%s', (_, body, problems) => {
  expect(complaints(schema, `api { api_key = "k" }\n${body}`)).toEqual(problems)
})

test('needs a key', () => {
  expect(complaints(schema, 'api { api_key = "" }')).toEqual(['api.key is not set'])
})

test('needs names of spans', () => {
  const body = 'api { api_key = "k" }\ntraces { span_name_remappings = names }'
  const { problems } = decoding(schema, body, { names: new Map([['', 'x']]) })
  expect(problems.map(({ message }) => message)).toEqual([
    "'' is not valid key for span name remapping",
  ])
})

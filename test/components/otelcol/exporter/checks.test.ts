import { describe, expect, it } from 'vitest'
import { declaration as faro } from '../../../../src/components/otelcol/exporter/faro.ts'
import { declaration as googlecloud } from '../../../../src/components/otelcol/exporter/googlecloud.ts'
import { declaration as googlecloudpubsub } from '../../../../src/components/otelcol/exporter/googlecloudpubsub.ts'
import { declaration as loadbalancing } from '../../../../src/components/otelcol/exporter/loadbalancing.ts'
import { declaration as otlphttp } from '../../../../src/components/otelcol/exporter/otlphttp.ts'
import { declaration as prometheus } from '../../../../src/components/otelcol/exporter/prometheus.ts'
import { declaration as splunkhec } from '../../../../src/components/otelcol/exporter/splunkhec.ts'
import type { Declaration } from '../../../../src/schema/declaration.ts'
import { complaints } from '../../../support/config_block.ts'

const splunk = (settings: string) =>
  `client { endpoint = "http://x" }\nsplunk {\ntoken = "t"\n${settings}\n}`
const balanced = 'protocol {\notlp {\nclient { }\n}\n}\nresolver { }'

const cases: [Pick<Declaration, 'name' | 'arguments'>, string, string[]][] = [
  [faro, 'client { endpoint = "" }', ['endpoint must be specified']],
  [
    googlecloud,
    'trace {\nattribute_mappings = [{key = "a", replacement = "b"}, {key = "a", replacement = "c"}]\n}',
    ['googlecloud exporter settings are invalid :duplicate key in traces.attribute_mappings: "a"'],
  ],
  [
    googlecloud,
    'trace {\nattribute_mappings = [{key = "a", replacement = "c"}, {key = "b", replacement = "c"}]\n}',
    [
      'googlecloud exporter settings are invalid :duplicate replacement in ' +
        'traces.attribute_mappings: "c"',
    ],
  ],
  [
    googlecloudpubsub,
    'topic = "t"\nordering { enabled = true }',
    [
      "topic 't' is not a valid format, use 'projects/<project_id>/topics/<name>'; " +
        "'from_resource_attribute' is required if ordering is enabled",
    ],
  ],
  ...['traceID', 'service', 'resource', 'metric', 'streamID'].map((key): (typeof cases)[number] => [
    loadbalancing,
    `routing_key = "${key}"\n${balanced}`,
    [],
  ]),
  [otlphttp, 'client { endpoint = "" }', ['at least one endpoint must be specified']],
  [otlphttp, 'client { endpoint = "" }\nlogs_endpoint = "http://x"', []],
  [prometheus, 'forward_to = []\ngc_frequency = "-1s"', ['gc_frequency must be greater than 0']],
  [splunkhec, splunk('max_event_size = 838860800\nlog_data_enabled = false'), []],
  [splunkhec, splunk('max_event_size = 838860801'), ['max_event_size must be less than 838860800']],
]

describe.each(cases)('$name', (declaration, body, problems) => {
  it(`says ${problems.join() || 'nothing'} of ${JSON.stringify(body)}`, () => {
    expect(complaints(declaration.arguments, body)).toEqual(problems)
  })
})

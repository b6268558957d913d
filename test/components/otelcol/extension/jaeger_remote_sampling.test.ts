import { expect, test } from 'vitest'
import { declaration } from '../../../../src/components/otelcol/extension/jaeger_remote_sampling.ts'
import { complaints } from '../../../support/config_block.ts'

test.each<[string, string[]]>([
  ['source { content = "{}" }', ['http or grpc must be configured to serve the sampling document']],
  ['http { }\nsource { file = "f" }', []],
  ['grpc { }\nsource {\nremote { endpoint = "x:1" }\n}', []],
  ['http { }\nsource { }', ['one of contents, file or remote must be configured']],
  [
    'http { }\nsource {\ncontent = "{}"\nfile = "f"\n}',
    ['only one of contents, file or remote can be configured'],
  ],
])('%j', (body, problems) => {
  expect(complaints(declaration.arguments, body)).toEqual(problems)
})

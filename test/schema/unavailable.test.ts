import { expect, test } from 'vitest'
import { blockDeclarationOf, declarationOf } from '../../src/components/all.ts'
import type { Schema } from '../../src/schema/schema.ts'
import { unavailableIn } from '../../src/schema/unavailable.ts'
import { decoding } from '../support/config_block.ts'

async function schemaOf(name: string): Promise<Schema> {
  const declaration = (await declarationOf(name)) ?? (await blockDeclarationOf(name))
  return declaration!.arguments!
}

test.each<[string, string, string[]]>([
  ['prometheus.remote_write', 'endpoint { url = "x" }', []],
  ['prometheus.remote_write', 'wal { truncate_frequency = "2h" }', []],
  ['prometheus.remote_write', 'wal { truncate_frequency = "3h" }', ['wal.truncate_frequency']],
  ['prometheus.remote_write', 'endpoint {\nurl = "x"\nsigv4 { }\n}', ['endpoint.sigv4']],
  [
    'prometheus.remote_write',
    'endpoint {\nurl = "x"\nprotobuf_message = "io.prometheus.write.v2.Request"\n}',
    ['endpoint.protobuf_message'],
  ],
  ['prometheus.scrape', 'targets = []\nforward_to = []\nclustering { enabled = false }', []],
  [
    'prometheus.scrape',
    'targets = []\nforward_to = []\nclustering { enabled = true }',
    ['clustering.enabled'],
  ],
  [
    'prometheus.scrape',
    'targets = []\nforward_to = []\nscrape_protocols = ["PrometheusText1.0.0", "PrometheusProto"]',
    ['scrape_protocols'],
  ],
  ['http', 'auth { }', []],
  ['http', 'tls {\ncert_pem = "c"\nkey_pem = "k"\n}', []],
  ['logging', 'level = "debug"', []],
])('%s { %s }', async (name, body, expected) => {
  const { body: decoded, problems } = decoding(await schemaOf(name), body)
  expect(problems).toEqual([])
  expect(unavailableIn(decoded)).toEqual(expected)
})

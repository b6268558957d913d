import { expect, test } from 'vitest'
import { declarationOf } from '../../../../src/components/all.ts'
import { complaints } from '../../../support/config_block.ts'

const explicit = 'histogram {\nexplicit { }\n}'

// Messages from the original.
test.each<[string, string, string[]]>([
  ['host_info', 'host_identifiers = []', ['host_identifiers must not be empty']],
  ['servicegraph', 'store { max_items = 0 }', ['store.max_items must be greater than 0']],
  ['spanmetrics', 'histogram { unit = "h" }', ['unknown unit "h", allowed units are "ms" and "s"']],
  [
    'spanmetrics',
    'histogram { }',
    ['either exponential or explicit histogram configuration must be specified'],
  ],
  [
    'spanmetrics',
    `${explicit}\ndimension { name = "a" }\ndimension { name = "a" }`,
    ['failed validating dimensions: duplicate dimension name a'],
  ],
  [
    'spanmetrics',
    `${explicit}\ncalls_dimension { }`,
    ['failed validating calls dimensions: dimension entry must set one of `name` or `glob`'],
  ],
  ['spanmetrics', `${explicit}\nevents { dimension { } }`, []],
  [
    'spanmetrics',
    `${explicit}\naggregation_cardinality_limit = -1`,
    ['invalid aggregation_cardinality_limit: -1, the limit should be positive'],
  ],
  ['signaltometrics', '', ['no configuration provided, at least one should be specified']],
  [
    'signaltometrics',
    'logs { name = "x" }\nspans { name = "x" }',
    [
      'failed to validate spans configuration: exactly one of the metrics must be defined, 0 found\n' +
        'failed to validate logs configuration: exactly one of the metrics must be defined, 0 found',
    ],
  ],
  [
    'signaltometrics',
    'spans {\nname = "x"\nattributes { key = "a" }\nattributes { key = "a" }\nsum { value = "1" }\n}',
    [
      'failed to validate spans configuration: attributes validation failed: ' +
        'duplicate key found in attributes config: a',
    ],
  ],
  [
    'signaltometrics',
    'spans {\nname = "x"\nhistogram {\ncount = "%"\nvalue = "1"\n}\n}',
    [
      'failed to validate spans configuration: failed to parse count OTTL expression for explicit ' +
        'histogram: expression has invalid syntax: 1:1: lexer: invalid input text "%"',
    ],
  ],
  ['signaltometrics', 'spans {\nname = "x"\ngauge { value = "end_time - start_time" }\n}', []],
])('%s refuses %s', async (name, body, expected) => {
  const declaration = await declarationOf(`otelcol.connector.${name}`)
  expect(complaints(declaration!.arguments, `${body}\noutput { }`)).toEqual(expected)
})

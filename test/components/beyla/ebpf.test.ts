import { expect, test } from 'vitest'
import { declaration } from '../../../src/components/beyla/ebpf.ts'
import { bodyText } from '../../../src/schema/encode.ts'
import { complaints, decoding } from '../../support/config_block.ts'

test.each<[string, string[]]>([
  ['metrics { features = ["application", "network"] }', []],
  ['metrics { features = ["x"] }', ['metrics.features: invalid value "x"']],
  ['metrics { instrumentations = ["*", "x"] }', ['metrics.instrumentations: invalid value "x"']],
  ['traces { instrumentations = ["http", ""] }', ['traces.instrumentations: invalid value ""']],
  [
    'injector { trace_sampler { name = "x" } }',
    [
      'invalid sampler name "x". Valid values are: always_off, always_on, parentbased_always_off, ' +
        'parentbased_always_on, parentbased_traceidratio, traceidratio',
    ],
  ],
  [
    'trace_printer = "x"',
    [
      'trace_printer: invalid value "x". Valid values are: disabled, counter, text, json, json_indent',
    ],
  ],
])('beyla.ebpf { %s }', (body, problems) => {
  expect(complaints(declaration.arguments, body)).toEqual(problems)
})

test('the printer that is off is shown', () => {
  const { body } = decoding(declaration.arguments, 'debug = true')
  expect(bodyText(body)).toBe('debug         = true\ntrace_printer = "disabled"')
})

import { expect, test } from 'vitest'
import { declarationOf } from '../../../../src/components/all.ts'
import { bodyText } from '../../../../src/schema/encode.ts'
import { complaints, decoding } from '../../../support/config_block.ts'

// Messages from the original.
test.each<[string, string, string[]]>([
  [
    'attributes',
    'action { action = "insert" }\naction { action = "HASH" }\naction {\naction = "hash"\npattern = "x"\n}',
    [
      'validation failed for action block number 1: the action insert requires the key argument to be set\n' +
        'validation failed for action block number 2: the action HASH requires at least the key argument ' +
        'or the pattern argument to be set',
    ],
  ],
  [
    'batch',
    'send_batch_max_size = 10',
    ['send_batch_max_size must be greater or equal to send_batch_size when not 0'],
  ],
  ['batch', 'send_batch_max_size = 0', []],
  ['cumulativetodelta', 'include { }', []],
  [
    'cumulativetodelta',
    'max_staleness = "-1s"',
    ['max_staleness must be a non-negative duration (got -1s)'],
  ],
  [
    'cumulativetodelta',
    'exclude { metrics = ["x"] }',
    ['match_type must be set if metrics are supplied'],
  ],
  [
    'cumulativetodelta',
    'include { metric_types = ["x"] }',
    ['metric_types must be one of "sum" and "histogram"'],
  ],
  ['deltatocumulative', 'max_stale = "0s"', ['max_stale must be a positive duration (got 0s)']],
  [
    'discovery',
    'targets = []\npod_associations = ["ip", "bogus"]',
    ['unknown pod association bogus'],
  ],
  ['interval', 'interval = "0s"', ['interval must be greater than 0']],
  [
    'k8sattributes',
    'extract { label {\nkey = "a"\nkey_regex = "b"\n} }',
    [
      'Out of Key or KeyRegex only one option is expected to be configured at a time, ' +
        'currently Key:a and KeyRegex:b',
    ],
  ],
  [
    'k8sattributes',
    'extract { annotation { from = "x" } }',
    [
      'x is not a valid choice for From. ' +
        'Must be one of: pod, namespace, deployment, statefulset, daemonset, job, node',
    ],
  ],
  [
    'k8sattributes',
    'extract { metadata = ["k8s.pod.name", "x"] }',
    ['"x" is not a supported metadata field'],
  ],
  [
    'k8sattributes',
    'filter { field {\nkey = "k"\nvalue = "v"\nop = "=="\n} }',
    ["'==' is not a valid label filter operation for key=k, value=v"],
  ],
  ['memory_limiter', 'check_interval = "0s"', ['check_interval must be greater than zero']],
  [
    'memory_limiter',
    'check_interval = "1s"',
    ['either limit or limit_percentage must be set to greater than zero'],
  ],
  [
    'memory_limiter',
    'check_interval = "1s"\nlimit = "1MiB"\nspike_limit = "1MiB"',
    ['spike_limit must be less than limit'],
  ],
  [
    'metric_start_time',
    'strategy = "x"',
    [
      'invalid strategy "x", must be one of: true_reset_point, subtract_initial_point, start_time_metric',
    ],
  ],
  ['probabilistic_sampler', 'sampling_percentage = -1', ['sampling rate is negative: -1.000000%']],
  [
    'redaction',
    'hash_function = "crc"',
    [
      'invalid hash_function: unknown HashFunction crc, ' +
        'allowed functions are sha1, sha3, md5, hmac-sha256 and hmac-sha512',
    ],
  ],
  ['resourcedetection', 'detectors = []', ['at least one detector must be specified']],
  ['resourcedetection', 'detectors = ["env", "x"]', ['invalid detector: x']],
  ['resourcedetection', 'system { hostname_sources = ["x"] }', ['invalid hostname source: x']],
  ['span', 'status { code = "x" }', ['status code is set to an invalid value of "x"']],
  [
    'tail_sampling',
    'policy {\nname = "x"\ntype = "x"\nottl_condition { error_mode = null }\n}',
    ['unknown error mode '],
  ],
  [
    'tail_sampling',
    'policy {\nname = "x"\ntype = "x"\n}\ndecision_wait = "1us"',
    ['decision_wait must be greater than zero'],
  ],
  [
    'filter',
    'traces { span = ["x"] }\nlog_conditions {\ncontext = "span"\nconditions = ["a", "b"]\n}',
    [
      'unable to parse OTTL condition "x": condition has invalid syntax: ' +
        '1:2: unexpected token "<EOF>" (expected <opcomparison> Value); ' +
        'unknown context "span" for conditions: [a b]',
    ],
  ],
  [
    'transform',
    'trace_statements {\ncontext = "datapoint"\nstatements = ["x"]\n}',
    ['unknown context "datapoint" for statements: [x]'],
  ],
])('%s refuses %s', async (name, body, expected) => {
  const declaration = await declarationOf(`otelcol.processor.${name}`)
  expect(complaints(declaration!.arguments, `${body}\noutput { }`)).toEqual(expected)
})

test('memory_limiter leaves a fifth of its limit for what comes between two looks', async () => {
  const { arguments: schema } = (await declarationOf('otelcol.processor.memory_limiter'))!
  const { body } = decoding(schema, 'check_interval = "1s"\nlimit = "1GiB"\noutput { }')
  expect(bodyText(body)).toContain('spike_limit    = "204MiB819KiB204B"')
})

test('k8sattributes leaves the pods of Jaeger alone unless others are named', async () => {
  const { arguments: schema } = (await declarationOf('otelcol.processor.k8sattributes'))!
  const names = (body: string) => {
    const { exclude } = decoding(schema, body).args as { exclude: { pod: { name: string }[] } }
    return exclude.pod.map(({ name }) => name)
  }
  expect(names('output { }')).toEqual(['jaeger-agent', 'jaeger-collector'])
  expect(names('exclude { pod { name = "x" } }\noutput { }')).toEqual(['x'])
})

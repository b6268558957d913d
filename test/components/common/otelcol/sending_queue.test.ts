import { expect, test } from 'vitest'
import { queue } from '../../../../src/components/common/otelcol/sending_queue.ts'
import { complaints } from '../../../support/config_block.ts'

test.each<[string, string, string[]]>([
  ['the defaults are fine', '', []],
  ['nothing is asked of a queue that is off', 'enabled = false\nqueue_size = 0\nsizer = "x"', []],
  ['it needs a size', 'queue_size = 0', ['queue_size must be greater than zero']],
  ['words', 'sizer = "x"', ['invalid sizer: x']],
  [
    'a batch of requests',
    'batch { sizer = "requests" }',
    ['`batch` supports only `items` or `bytes` sizer'],
  ],
  ['no time', 'batch { flush_timeout = "0s" }', ['`flush_timeout` must be positive']],
  ['min_size', 'batch { min_size = -1 }', ['`min_size` must be non-negative']],
  ['max_size', 'batch { max_size = -1 }', ['`max_size` must be non-negative']],
  ['order', 'batch { max_size = 5 }', ['`max_size` must be greater or equal to `min_size`']],
  ['no largest size', 'batch { max_size = 0 }', []],
  ['sizes of different units', 'queue_size = 5\nbatch { }', []],
  [
    'a batch that never fills',
    'queue_size = 5\nsizer = "items"\nbatch { }',
    ['`min_size` must be less than or equal to `queue_size`'],
  ],
])('%s', (_, body, problems) => {
  expect(complaints(queue, body)).toEqual(problems)
})

// loki.secretfilter: finds secrets in log lines and hides them.

import { sprintf } from '../../go/printf.ts'
import { logsReceiver } from '../../model/capsules.ts'
import { list } from '../../schema/composites.ts'
import { declare, exported } from '../../schema/declaration.ts'
import { bool, float, string, uint } from '../../schema/scalars.ts'
import { optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const componentArguments = schema(
  {
    forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
    origin_label: optional(string, '', 'Label whose value is counted with what is found.'),
    redact_with: optional(
      string,
      '',
      'What stands for a secret, with `$SECRET_NAME` and `$SECRET_HASH`; empty: a default text.',
    ),
    redact_percent: optional(uint, 80, 'Share of the secret in percent that is hidden.'),
    gitleaks_config: optional(
      string,
      '',
      'File of rules in the format of Gitleaks; empty: the built-in rules.',
    ),
    rate: optional(float, 1, 'Share of the entries that are searched, from 0 to 1.'),
    processing_timeout: optional(
      duration,
      '0s',
      'Time that the search of an entry may take; 0s: no bound.',
    ),
    drop_on_timeout: optional(
      bool,
      false,
      'Whether entries whose search takes too long are dropped.',
    ),
    label_timed_out: optional(
      bool,
      false,
      'Whether entries whose search takes too long get a label.',
    ),
  },
  {
    check: ({ rate }, fail) => {
      if (rate >= 0 && rate <= 1) return
      const message = 'secretfilter: rate must be between 0.0 and 1.0, received %f'
      fail(sprintf(message, rate), 'rate')
    },
  },
)

export const declaration = declare({
  name: 'loki.secretfilter',
  stability: 'public-preview',
  summary: 'Finds secrets in log lines and hides them.',
  accepts: ['loki logs'],
  emits: ['loki logs'],
  wraps: 'Gitleaks',
  arguments: componentArguments,
  exports: { receiver: exported(logsReceiver, 'Receiver of the entries to search.') },
  metrics: {},
})

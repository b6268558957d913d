// loki.source.docker: reads the logs of Docker containers.

import { formatDurationMs } from '../../../go/duration.ts'
import { quote } from '../../../go/quote.ts'
import { urlProblem } from '../../../go/url.ts'
import { logsReceiver } from '../../../model/capsules.ts'
import { target } from '../../../model/targets.ts'
import { list, map } from '../../../schema/composites.ts'
import { declare } from '../../../schema/declaration.ts'
import { string } from '../../../schema/scalars.ts'
import { defaultedBlock, optional, required, schema } from '../../../schema/schema.ts'
import { duration } from '../../../schema/texts.ts'
import { urlString } from '../../../schema/veiled.ts'
import { httpClient } from '../../common/http_client.ts'
import { relabelRules } from '../../common/relabel.ts'

const componentArguments = schema(
  {
    host: required(urlString, 'Address of the Docker daemon, such as unix:///var/run/docker.sock.'),
    targets: required(list(target), 'Containers to read.'),
    forward_to: required(list(logsReceiver), 'Receivers of the log entries.'),
    labels: optional(map(string), {}, 'Labels to add to every entry.'),
    relabel_rules: optional(
      relabelRules,
      undefined,
      'Rules that rewrite the labels of entries, from a loki.relabel component.',
    ),
    http_client_config: defaultedBlock(httpClient, 'HTTP client that talks to the daemon.', {
      pointer: true,
    }),
    refresh_interval: optional(duration, '1m0s', 'Time from one look for containers to the next.'),
  },
  {
    check: ({ host, refresh_interval }, fail) => {
      const problem = urlProblem(host)
      if (problem !== undefined) {
        return fail(`failed to parse Docker host ${quote(host)}: ${problem}`, 'host')
      }
      if (refresh_interval > 0) return
      const written = quote(formatDurationMs(refresh_interval))
      fail(`refresh_interval must be positive, got ${written}`, 'refresh_interval')
    },
  },
)

export const declaration = declare({
  name: 'loki.source.docker',
  stability: 'generally-available',
  summary: 'Reads the logs of Docker containers.',
  accepts: ['targets', 'loki logs'],
  emits: [],
  requires: 'Access to the Docker daemon.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})

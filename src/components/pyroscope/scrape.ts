// pyroscope.scrape: fetches profiles from targets that serve pprof.

import { profilesReceiver } from '../../model/capsules.ts'
import { target } from '../../model/targets.ts'
import { list, map } from '../../schema/composites.ts'
import { declare } from '../../schema/declaration.ts'
import { bool, string } from '../../schema/scalars.ts'
import {
  type ArgumentsOf,
  blocks,
  defaultedBlock,
  label,
  optional,
  required,
  schema,
} from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'
import { clustering } from '../common/clustering.ts'
import { amendHttpClient, httpClientFields, httpClientHooks } from '../common/http_client.ts'

interface ProfileDefaults {
  readonly enabled: boolean
  readonly path: string
  readonly delta: boolean
}

function profile({ enabled, path, delta }: ProfileDefaults) {
  return schema(
    {
      enabled: optional(bool, enabled, 'Whether the profile is fetched.'),
      path: optional(string, path, 'Path of the profile.'),
      delta: optional(bool, delta, 'Whether the profile covers a span of time.'),
    },
    { defaultsFrom: 'parent' },
  )
}

const profileCustom = schema({
  enabled: required(bool, 'Whether the profile is fetched.'),
  path: required(string, 'Path of the profile.'),
  delta: optional(bool, false, 'Whether the profile covers a span of time.'),
  label: label('Name of the profile.'),
})

const profilingConfig = schema({
  'profile.memory': defaultedBlock(
    profile({ enabled: true, path: '/debug/pprof/allocs', delta: false }),
    'Allocations.',
  ),
  'profile.block': defaultedBlock(
    profile({ enabled: true, path: '/debug/pprof/block', delta: false }),
    'Waiting for synchronization.',
  ),
  'profile.goroutine': defaultedBlock(
    profile({ enabled: true, path: '/debug/pprof/goroutine', delta: false }),
    'Goroutines.',
  ),
  'profile.mutex': defaultedBlock(
    profile({ enabled: true, path: '/debug/pprof/mutex', delta: false }),
    'Contended locks.',
  ),
  'profile.process_cpu': defaultedBlock(
    profile({ enabled: true, path: '/debug/pprof/profile', delta: true }),
    'Use of the processor.',
  ),
  'profile.fgprof': defaultedBlock(
    profile({ enabled: false, path: '/debug/fgprof', delta: true }),
    'Use of the processor and waiting, by fgprof.',
  ),
  'profile.godeltaprof_memory': defaultedBlock(
    profile({ enabled: false, path: '/debug/pprof/delta_heap', delta: false }),
    'Allocations, by godeltaprof.',
  ),
  'profile.godeltaprof_mutex': defaultedBlock(
    profile({ enabled: false, path: '/debug/pprof/delta_mutex', delta: false }),
    'Contended locks, by godeltaprof.',
  ),
  'profile.godeltaprof_block': defaultedBlock(
    profile({ enabled: false, path: '/debug/pprof/delta_block', delta: false }),
    'Waiting for synchronization, by godeltaprof.',
  ),
  'profile.custom': blocks(profileCustom, 'A profile of another kind.'),
  path_prefix: optional(string, '', 'What is put in front of all paths.'),
})

function hasDeltas(config: ArgumentsOf<typeof profilingConfig>): boolean {
  return Object.values(config).some((profiles) => {
    if (typeof profiles === 'string') return false
    return [profiles].flat().some(({ enabled, delta }) => enabled && delta)
  })
}

interface Times {
  readonly scrape_interval: number
  readonly delta_profiling_duration: number
}

/** The profile is asked to cover the interval but for a second, which must leave one at least. */
function deltaProblem(times: Times): string | undefined {
  const { scrape_interval, delta_profiling_duration } = times
  const when = 'when using delta profiling'
  if (scrape_interval < 2000) return `scrape_interval must be at least 2 seconds ${when}`
  if (delta_profiling_duration <= 1000) {
    return `delta_profiling_duration must be larger than 1 second ${when}`
  }
  if (delta_profiling_duration > scrape_interval - 1000) {
    const least = 'at least 1 second smaller than scrape_interval'
    return `delta_profiling_duration must be ${least} ${when}`
  }
  return undefined
}

const componentArguments = schema(
  {
    targets: required(list(target), 'Targets to scrape.'),
    forward_to: required(list(profilesReceiver), 'Receivers of the profiles.'),
    job_name: optional(
      string,
      '',
      "Label `job` of targets without one; empty: the component's id.",
    ),
    params: optional(map(list(string)), {}, 'Parameters of the scrape request.'),
    scrape_interval: optional(duration, '15s', 'Time from one scrape of a target to the next.'),
    scrape_timeout: optional(duration, '10s', 'Time after which a scrape has failed.'),
    scheme: optional(string, 'http', 'Scheme of the request: http or https.'),
    delta_profiling_duration: optional(
      duration,
      '14s',
      'Time that profiles over a span cover; shorter than the interval.',
    ),
    ...httpClientFields,
    profiling_config: defaultedBlock(profilingConfig, 'Which profiles are fetched.'),
    clustering: defaultedBlock(clustering, 'How targets are shared in a cluster.'),
  },
  {
    check: (args, fail) => {
      if (args.scrape_timeout <= 0) {
        return fail('scrape_timeout must be greater than 0', 'scrape_timeout')
      }
      const problem = hasDeltas(args.profiling_config) ? deltaProblem(args) : undefined
      if (problem !== undefined) return fail(problem)
      httpClientHooks.check(args, fail)
    },
    amend: amendHttpClient,
  },
)

export const declaration = declare({
  name: 'pyroscope.scrape',
  stability: 'generally-available',
  summary: 'Fetches profiles from targets that serve pprof.',
  accepts: ['targets', 'pyroscope profiles'],
  emits: [],
  arguments: componentArguments,
  exports: {},
  metrics: {},
})

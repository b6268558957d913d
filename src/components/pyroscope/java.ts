// pyroscope.java: profiles Java processes of this host with async-profiler.

import { profilesReceiver } from '../../model/capsules.ts'
import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare } from '../../schema/declaration.ts'
import { bool, int, string } from '../../schema/scalars.ts'
import { defaultedBlock, emptyNotNil, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const profilingConfig = schema(
  {
    interval: optional(duration, '1m0s', 'Time that one profile covers.'),
    sample_rate: optional(int, 100, 'Samples a second.'),
    alloc: optional(
      string,
      '512k',
      'Bytes allocated from one sample to the next; empty: no allocations.',
    ),
    lock: optional(
      string,
      '10ms',
      'Time of waiting for a lock from which it is sampled; empty: no locks.',
    ),
    cpu: optional(bool, true, 'Whether the processor is profiled.'),
    event: optional(string, 'itimer', 'What triggers a sample, such as itimer or cpu.'),
    per_thread: optional(bool, false, 'Whether each thread has stacks of its own.'),
    log_level: optional(string, 'INFO', 'How much the profiler logs.'),
    quiet: optional(bool, false, "Whether the profiler's log is left out."),
    custom_arguments: emptyNotNil(
      optional(list(string), [], 'Further arguments of async-profiler.'),
    ),
    tlab: optional(bool, false, 'Whether allocations are sampled by thread-local buffers.'),
  },
  { defaultsFrom: 'parent' },
)

const componentArguments = schema(
  {
    targets: required(list(target), 'Java processes to profile, by their `__process_pid__`.'),
    forward_to: required(list(profilesReceiver), 'Receivers of the profiles.'),
    tmp_dir: optional(string, '/tmp', 'Folder that the profiler is unpacked to.'),
    profiling_config: defaultedBlock(profilingConfig, 'How processes are profiled.'),
    dist: optional(string, '', "Folder of an async-profiler of one's own."),
  },
  { defaultsFrom: 'parent' },
)

export const declaration = declare({
  name: 'pyroscope.java',
  stability: 'generally-available',
  summary: 'Profiles Java processes of this host with async-profiler.',
  accepts: ['targets', 'pyroscope profiles'],
  emits: [],
  wraps: 'async-profiler',
  platforms: ['linux', 'darwin'],
  requires: 'Root, and a folder for the profiler.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})

// prometheus.exporter.process: collects metrics of groups of processes from the proc file system.

import { target } from '../../../model/targets.ts'
import { list } from '../../../schema/composites.ts'
import { declare, exported } from '../../../schema/declaration.ts'
import { bool, string } from '../../../schema/scalars.ts'
import { blocks, optional, schema } from '../../../schema/schema.ts'

const matcher = schema({
  name: optional(string, '', 'Template of the group name; empty: {{.ExeBase}}.'),
  comm: optional(
    list(string),
    [],
    'Names of commands to match, as /proc shows them (15 characters at most).',
  ),
  exe: optional(list(string), [], 'Executables to match: a path, or a base name.'),
  cmdline: optional(list(string), [], 'Patterns of the command line, all of which must match.'),
})

const componentArguments = schema({
  matcher: blocks(matcher, 'Processes that form a group; the first rule that matches counts.'),
  procfs_path: optional(string, '/proc', 'Where the proc file system is mounted.'),
  track_children: optional(
    bool,
    true,
    'Whether children without a group belong to that of their parent.',
  ),
  track_threads: optional(bool, true, 'Whether threads get metrics of their own.'),
  gather_smaps: optional(
    bool,
    true,
    'Whether proportional memory is read from smaps, which takes longer.',
  ),
  recheck_on_scrape: optional(
    bool,
    false,
    'Whether names are read again at each scrape, for processes that change theirs.',
  ),
  remove_empty_groups: optional(bool, false, 'Whether groups without processes are forgotten.'),
})

export const declaration = declare({
  name: 'prometheus.exporter.process',
  stability: 'generally-available',
  summary: 'Collects metrics of groups of processes from the proc file system.',
  accepts: [],
  emits: ['targets'],
  wraps: 'process-exporter',
  platforms: ['linux'],
  requires: 'Permission to read what /proc tells about the processes.',
  arguments: componentArguments,
  exports: { targets: exported(list(target), 'The exporter, as a target to scrape.') },
  metrics: {},
  load: () => import('./process/run.ts'),
})

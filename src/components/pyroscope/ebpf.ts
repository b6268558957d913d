// pyroscope.ebpf: profiles the processes of a Linux host with eBPF.

import { quote } from '../../go/quote.ts'
import { profilesReceiver } from '../../model/capsules.ts'
import { target } from '../../model/targets.ts'
import { list } from '../../schema/composites.ts'
import { declare } from '../../schema/declaration.ts'
import { bool, float, int, string, uint32 } from '../../schema/scalars.ts'
import { defaultedBlock, emptyNotNil, optional, required, schema } from '../../schema/schema.ts'
import { duration } from '../../schema/texts.ts'

const debugInfo = schema(
  {
    on_target_symbolization: optional(
      bool,
      true,
      'Whether symbols are looked up on the host that is profiled.',
    ),
    upload: optional(bool, false, 'Whether debug information is sent to the receiver.'),
    cache_size: optional(uint32, 262_144, 'Files whose upload is remembered.'),
    strip_text_section: optional(bool, false, 'Whether code is cut out of uploads.'),
    queue_size: optional(uint32, 256, 'Uploads that may wait.'),
    worker_num: optional(int, 16, 'Uploads side by side.'),
  },
  { defaultsFrom: 'parent' },
)

const commModes: readonly string[] = ['none', 'label', 'stackframe', 'both']

const idle = { deprecated: 'It has no effect.' }

const componentArguments = schema(
  {
    forward_to: required(list(profilesReceiver), 'Receivers of the profiles.'),
    targets: optional(
      list(target),
      [],
      'Processes to profile, as discovery.process gives them; empty: all.',
    ),
    collect_interval: optional(duration, '15s', 'Time that one profile covers.'),
    sample_rate: optional(int, 19, 'Samples a second and processor.'),
    python_enabled: optional(bool, true, 'Whether Python stacks are unwound.'),
    perl_enabled: optional(bool, true, 'Whether Perl stacks are unwound.'),
    php_enabled: optional(bool, true, 'Whether PHP stacks are unwound.'),
    hotspot_enabled: optional(bool, true, 'Whether Java stacks are unwound.'),
    ruby_enabled: optional(bool, true, 'Whether Ruby stacks are unwound.'),
    v8_enabled: optional(bool, true, 'Whether Node.js stacks are unwound.'),
    dotnet_enabled: optional(bool, true, 'Whether .NET stacks are unwound.'),
    go_enabled: optional(bool, true, 'Whether Go stacks are unwound.'),
    demangle: optional(
      string,
      'none',
      'How C++ names are shown: none, simplified, templates or full.',
    ),
    off_cpu_threshold: optional(
      float,
      0,
      'Share of waiting that is sampled, from 0 to 1; 0: none.',
    ),
    bpf_fs_root: optional(string, '/sys/fs/bpf/', 'Where the BPF file system is mounted.'),
    obi_process_context_enabled: optional(
      bool,
      true,
      'Whether the process context of OpenTelemetry eBPF is read.',
    ),
    load_probe: optional(bool, false, 'Whether a general probe is loaded.'),
    probe_links: emptyNotNil(optional(list(string), [], 'Places to probe.')),
    verbose_mode: optional(bool, false, 'Whether the unwinder logs in detail.'),
    lazy_mode: optional(bool, false, 'Whether unwinders are loaded when they are first needed.'),
    no_kernel_version_check: optional(
      bool,
      false,
      'Whether the version of the kernel is taken as it is.',
    ),
    pid_cache_size: optional(int, 0, 'Processes whose symbols were remembered.', idle),
    build_id_cache_size: optional(
      int,
      0,
      'Files whose symbols were remembered by their build id.',
      idle,
    ),
    same_file_cache_size: optional(
      int,
      0,
      'Files whose symbols were remembered by their inode.',
      idle,
    ),
    cache_rounds: optional(int, 0, 'Profiles after which unused symbols were forgotten.', idle),
    go_table_fallback: optional(
      bool,
      false,
      'Whether symbols of stripped Go programs were found by their tables.',
      idle,
    ),
    symbols_map_size: optional(int, 0, 'Entries of the table of symbols for Python.', idle),
    pid_map_size: optional(int, 0, 'Entries of the table of processes.', idle),
    collect_user_profile: optional(bool, false, 'Whether frames of programs were collected.', idle),
    collect_kernel_profile: optional(
      bool,
      false,
      'Whether frames of the kernel were collected.',
      idle,
    ),
    container_id_cache_size: optional(
      uint32,
      0,
      'Processes whose container ids were remembered.',
      idle,
    ),
    u_probe_links: optional(list(string), [], 'Places to probe in programs.'),
    targets_only: optional(bool, true, 'Whether only the given targets are profiled.'),
    symb_cache_path: optional(string, '/tmp/symb-cache', 'Folder where symbols are remembered.'),
    symb_cache_size: optional(int, 2048, 'Files whose symbols are remembered.'),
    reporter_unsymbolized_stubs: optional(
      bool,
      false,
      'Whether frames without symbols are sent as stubs.',
    ),
    pid_label: optional(bool, false, 'Whether the process id becomes a label.'),
    comm: optional(
      string,
      'none',
      "What becomes of the thread's name: none, label, stackframe or both.",
    ),
    kernel_frames: optional(bool, true, 'Whether frames of the kernel are kept.'),
    debug_info: defaultedBlock(debugInfo, 'What is sent for symbols to be found later.'),
  },
  {
    check: ({ comm }, fail) => {
      if (commModes.includes(comm)) return
      const words = commModes.map(quote).join(', ')
      fail(`invalid comm mode ${quote(comm)}, valid values are: ${words}`, 'comm')
    },
  },
)

export const declaration = declare({
  name: 'pyroscope.ebpf',
  stability: 'generally-available',
  summary: 'Profiles the processes of a Linux host with eBPF.',
  accepts: ['targets', 'pyroscope profiles'],
  emits: [],
  wraps: 'the eBPF profiler of OpenTelemetry',
  platforms: ['linux'],
  requires: 'Root, in the process namespace of the host.',
  arguments: componentArguments,
  exports: {},
  metrics: {},
})

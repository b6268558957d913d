import { Args, Command, Flags } from '@oclif/core'
import { CommandLineError } from '../../src/cli/failure.ts'
import { badCommandLine, type Manual } from '../../src/cli/manual.ts'
import { inspectWal } from '../../src/cli/wal_inspect.ts'
import { findWal } from '../../src/cli/wal_tools.ts'
import { type LabelSelector, parseLabelSelector } from '../../src/model/label_selector.ts'

export default class WalInspect extends Command {
  static override summary = 'Show what a write-ahead log of metrics holds'
  static override description = `Reads a log as Prometheus in agent mode, Alloy and alloyts write \
it, in a folder or its subfolder wal, and shows how much it holds, of which targets, from when to \
when, and what in it is damaged. Nothing is changed unless --repair is given.

--repair copies the log beside itself, then writes damaged segments anew with all that can still \
be read, and puts empty ones where some are missing, so that Prometheus and Alloy, which stop at \
damage, read the rest. Whoever writes the log must be stopped before.`
  static override usage = 'tools wal-inspect [flags] DIR'
  static override examples = [
    '<%= config.bin %> tools wal-inspect data-alloy/prometheus.remote_write.default',
    `<%= config.bin %> tools wal-inspect --series 'up{job="node"}' data/agent`,
  ]
  static override args = {
    dir: Args.string({ description: 'Folder of the log.', required: true, ignoreStdin: true }),
  }
  static override flags = {
    series: Flags.string({
      description: 'Show the series that a selector chooses, instead of targets',
    }),
    verify: Flags.boolean({ description: 'Exit with 1 if the log is damaged' }),
    repair: Flags.boolean({ description: 'Copy a damaged log, then mend it' }),
    json: Flags.boolean({ description: 'Print JSON' }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The log was read; with --verify it is whole, with --repair it is by now.'],
      ['1', `There is none, it cannot be read or mended, --verify finds damage, ${badCommandLine}`],
    ],
    files: [['DIR.backup-*', 'What --repair copied. Delete it when all is well.']],
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(WalInspect)
    const { json, repair, series, verify } = flags
    const folder = findWal(args.dir)
    if (folder === undefined)
      throw new CommandLineError(`there is no write-ahead log in ${args.dir}`)
    const isFine = await inspectWal({
      folder,
      json,
      repair,
      verify,
      ...(series === undefined ? {} : { selector: selectorOf(series) }),
      nowMs: Date.now(),
      stderr: process.stderr,
      stdout: (text) => void process.stdout.write(text),
    })
    if (!isFine) process.exitCode = 1
  }
}

function selectorOf(text: string): LabelSelector {
  try {
    return parseLabelSelector(text)
  } catch (error) {
    throw new CommandLineError((error as Error).message)
  }
}

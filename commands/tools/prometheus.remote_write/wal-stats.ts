import { Args, Command } from '@oclif/core'
import { badCommandLine, type Manual } from '../../../src/cli/manual.ts'
import { walStatsText } from '../../../src/cli/wal_text.ts'
import { printStatistics } from '../../../src/cli/wal_tools.ts'

export default class WalStats extends Command {
  static override summary = 'Collect stats on the WAL'
  static override description = `Prints how many series and samples a write-ahead log holds, of \
which targets, and from when to when. See tools wal-inspect for more.

"Hash Collisions" counts label sets that have more than one number in the log: series that went \
away and came back. They cost memory and change nothing of what is sent.`
  static override usage = 'tools prometheus.remote_write wal-stats [WAL directory] [flags]'
  static override args = {
    directory: Args.string({
      description: 'Folder of the log, or the one that wal is in.',
      required: true,
      ignoreStdin: true,
    }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The log was read.'],
      ['1', `There is no log, it cannot be read, ${badCommandLine}`],
    ],
  }

  async run(): Promise<void> {
    const { args } = await this.parse(WalStats)
    await printStatistics(args.directory, walStatsText)
  }
}

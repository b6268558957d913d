import { Args, Command } from '@oclif/core'
import { string } from '@oclif/core/flags'
import { badCommandLine, type Manual } from '../../../src/cli/manual.ts'
import { sampleStatsText } from '../../../src/cli/wal_text.ts'
import { printStatistics } from '../../../src/cli/wal_tools.ts'
import { type LabelSelector, parseLabelSelector } from '../../../src/model/label_selector.ts'

export default class SampleStats extends Command {
  static override summary = 'Discover sample statistics for series matching a label selector'
  static override description = `Prints how many samples each series of a write-ahead log has, and \
from when to when. A selector chooses series: up, {job="a"}, up{instance=~"10[.].*"}.`
  static override usage = 'tools prometheus.remote_write sample-stats [WAL directory] [flags]'
  static override examples = [
    `<%= config.bin %> tools prometheus.remote_write sample-stats -s '{job="a"}' data/wal`,
  ]
  static override args = {
    directory: Args.string({
      description: 'Folder of the log, or the one that wal is in.',
      required: true,
      ignoreStdin: true,
    }),
  }
  static override flags = {
    selector: string({
      char: 's',
      description: 'label selector to search for',
      default: '{}',
    }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The log was read.'],
      ['1', `There is no log, it cannot be read, the selector is wrong, ${badCommandLine}`],
    ],
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SampleStats)
    let selector: LabelSelector
    try {
      selector = parseLabelSelector(flags.selector)
    } catch (error) {
      process.stdout.write(`failed to get sample stats: ${(error as Error).message}\n`)
      process.exitCode = 1
      return
    }
    await printStatistics(args.directory, ({ series }) =>
      sampleStatsText([...series.values()].filter(({ labels }) => selector(labels))),
    )
  }
}

import { Args, Command } from '@oclif/core'
import { string } from '@oclif/core/flags'
import { CommandLineError } from '../../../src/cli/failure.ts'
import { badCommandLine, type Manual } from '../../../src/cli/manual.ts'
import { cardinalityText } from '../../../src/cli/wal_text.ts'
import { printStatistics } from '../../../src/cli/wal_tools.ts'

export default class TargetStats extends Command {
  static override summary = 'Discover statistics on a specific target'
  static override description = `Prints how many series each metric of one target has in a \
write-ahead log, most first: candidates for rules that drop what nobody needs.`
  static override usage = 'tools prometheus.remote_write target-stats [WAL directory] [flags]'
  static override args = {
    directory: Args.string({
      description: 'Folder of the log, or the one that wal is in.',
      required: true,
      ignoreStdin: true,
    }),
  }
  static override flags = {
    instance: string({ char: 'i', description: 'instance label to search for' }),
    job: string({ char: 'j', description: 'job label to search for' }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The log was read.'],
      ['1', `There is no log, it cannot be read, ${badCommandLine}`],
    ],
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(TargetStats)
    const { instance, job } = flags
    if (instance === undefined || job === undefined) {
      const missing = [instance === undefined && '"instance"', job === undefined && '"job"']
      throw new CommandLineError(`required flag(s) ${missing.filter(Boolean).join(', ')} not set`)
    }
    await printStatistics(args.directory, ({ series }) =>
      cardinalityText(series.values(), job, instance),
    )
  }
}

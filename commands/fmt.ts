import { string } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { boolean } from '@oclif/core/flags'
import { fmt } from '../src/cli/fmt.ts'
import { badCommandLine, type Manual } from '../src/cli/manual.ts'
import { processStreams } from '../src/cli/streams.ts'

export default class Fmt extends Command {
  static override aliases = ['format']
  static override summary = 'Format a configuration file'
  static override description = `The fmt subcommand applies standard formatting rules to the
specified configuration file.

If the file argument is not supplied or if the file argument is "-", then fmt will read from \
stdin.

The -w flag can be used to write the formatted file back to disk. -w can not be provided when \
fmt is reading from stdin. When -w is not provided, fmt will write the result to stdout.`
  static override usage = 'fmt [flags] file'
  static override args = {
    file: string({ description: 'File to format.', ignoreStdin: true }),
  }
  static override flags = {
    test: boolean({
      char: 't',
      description: 'exit with non-zero when changes would be made. Cannot be used with -w/--write',
    }),
    write: boolean({
      char: 'w',
      description: 'write result to (source) file instead of stdout',
    }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The file was formatted, or is formatted already where --test is given.'],
      ['1', `The file has errors, or --test is given and it would change, ${badCommandLine}`],
    ],
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Fmt)
    await fmt({ file: args.file, write: flags.write, test: flags.test }, processStreams)
  }
}

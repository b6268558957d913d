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

With -w, -t or --diff there may be several files, patterns in quotes such as "conf/**/*.alloy", \
and directories, which stand for the *.alloy files below them.

If the file argument is not supplied or if the file argument is "-", then fmt will read from \
stdin.

The -w flag can be used to write the formatted file back to disk. -w can not be provided when \
fmt is reading from stdin. When -w is not provided, fmt will write the result to stdout.`
  static override usage = 'fmt [flags] file...'
  static override strict = false
  static override args = {
    file: string({ description: 'File, directory or pattern to format.', ignoreStdin: true }),
  }
  static override flags = {
    diff: boolean({ description: 'print what would change instead of the result' }),
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
      ['0', 'The files were formatted, or are formatted already where --test is given.'],
      ['1', `A file has errors, or --test is given and one would change, ${badCommandLine}`],
    ],
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Fmt)
    const { write, test, diff } = flags
    await fmt({ paths: argv.map(String), write, test, diff }, processStreams)
  }
}

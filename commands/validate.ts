import { string as argument } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { boolean, string } from '@oclif/core/flags'
import type { Depth } from '../src/cli/check_config.ts'
import { converterFlags, converterNotes, refuseConverters } from '../src/cli/converter_flags.ts'
import { CommandLineError } from '../src/cli/failure.ts'
import { featureFlags, featuresOf } from '../src/cli/features.ts'
import { badCommandLine, colourVariables, type Manual } from '../src/cli/manual.ts'
import { processStreams } from '../src/cli/streams.ts'
import { formats, runValidate } from '../src/cli/validate.ts'

const depths: readonly Depth[] = ['upstream', 'load', 'all']

export default class Validate extends Command {
  static override summary = 'Validate a configuration file'
  static override description = `Validate a configuration file

Every path is a configuration of its own: a file, a directory, whose *.alloy files are one
configuration as for run, or "-" for standard input. A pattern in quotes, such as "conf/**/*.alloy",
stands for the files that it matches, each by itself; so does a directory with --recursive.`
  static override usage = 'validate [flags] path...'
  static override strict = false
  static override args = {
    path: argument({
      description: 'File, directory, pattern or "-".',
      required: true,
      ignoreStdin: true,
    }),
  }
  static override flags = {
    ...featureFlags,
    ...converterFlags,
    checks: string({
      description:
        'How deep to check: "upstream" as Alloy does, "load" also what a starting Alloy would ' +
        'refuse, "all" also what a reviewer would say.',
      default: 'load',
    }),
    disable: string({
      description: 'Lints of --checks=all that are not wanted, separated by commas.',
      default: '',
    }),
    'follow-imports': boolean({ description: 'Read import.http and import.git over the network.' }),
    format: string({
      description: `How to print what is wrong: ${formats.join(', ')}.`,
      default: 'text',
    }),
    recursive: boolean({
      char: 'r',
      description: 'Check every *.alloy file below a directory by itself.',
    }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'Nothing was found.'],
      ['1', `A configuration has errors or cannot be read, ${badCommandLine}`],
      ['2', 'Only warnings of lints were found: Alloy would load the configurations.'],
    ],
    environment: colourVariables,
    flagNotes: converterNotes,
  }

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Validate)
    const paths = argv.map(String)
    refuseConverters(flags, paths[0] ?? '')
    await runValidate(
      {
        paths,
        recursive: flags.recursive,
        features: featuresOf(flags),
        format: wordOf('format', flags.format, formats),
        depth: wordOf('checks', flags.checks, depths),
        disabled: new Set(flags.disable.split(',').filter(Boolean)),
        followImports: flags['follow-imports'],
        version: this.config.version,
      },
      processStreams,
    )
  }
}

function wordOf<W extends string>(flag: string, written: string, words: readonly W[]): W {
  const word = words.find((each) => each === written)
  if (word !== undefined) return word
  const list = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
  throw new CommandLineError(`unrecognized ${flag} ${JSON.stringify(written)}: ${list}`)
}

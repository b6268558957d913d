import { string as argument } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { string } from '@oclif/core/flags'
import { converterFlags, converterNotes, refuseConverters } from '../src/cli/converter_flags.ts'
import { CommandLineError } from '../src/cli/failure.ts'
import { featureFlags, featuresOf } from '../src/cli/features.ts'
import { badCommandLine, colourVariables, type Manual } from '../src/cli/manual.ts'
import { processStreams } from '../src/cli/streams.ts'
import { runValidate } from '../src/cli/validate.ts'

export default class Validate extends Command {
  static override summary = 'Validate a configuration file'
  static override description = 'Validate a configuration file'
  static override usage = 'validate [flags] file'
  static override args = {
    path: argument({ description: 'File or directory.', required: true, ignoreStdin: true }),
  }
  static override flags = {
    ...featureFlags,
    ...converterFlags,
    format: string({ description: 'How to print what is wrong: text or json.', default: 'text' }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The configuration is valid.'],
      ['1', `The configuration has errors or cannot be read, ${badCommandLine}`],
    ],
    environment: colourVariables,
    flagNotes: converterNotes,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Validate)
    refuseConverters(flags, args.path)
    const { format } = flags
    if (format !== 'text' && format !== 'json') {
      throw new CommandLineError(`unrecognized format ${JSON.stringify(format)}: text or json`)
    }
    await runValidate({ path: args.path, features: featuresOf(flags), format }, processStreams)
  }
}

import { string as argument } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { completionScript, shells } from '../src/cli/completion.ts'
import { CommandLineError } from '../src/cli/failure.ts'
import { badCommandLine, type Manual } from '../src/cli/manual.ts'
import { components, configBlocks } from '../src/components/all.ts'

/** Commands whose argument is the name of a component. */
const takesNames: ReadonlySet<string> = new Set(['doc', 'schema'])

export default class Completion extends Command {
  static override summary = 'Print a script that completes commands in a shell'
  static override description = `Prints a script for bash, zsh or fish that completes commands, \
flags and the names of components and configuration blocks.`
  static override usage = 'completion bash|zsh|fish'
  static override examples = [
    'source <(<%= config.bin %> completion bash)',
    '<%= config.bin %> completion zsh > ~/.zfunc/_<%= config.bin %>',
    '<%= config.bin %> completion fish > ~/.config/fish/completions/<%= config.bin %>.fish',
  ]
  static override args = {
    shell: argument({ description: 'bash, zsh or fish.', required: true, ignoreStdin: true }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The script was printed.'],
      ['1', `There is no script for that shell, ${badCommandLine}`],
    ],
  }

  async run(): Promise<void> {
    const { args } = await this.parse(Completion)
    const shell = shells.find((each) => each === args.shell)
    if (shell === undefined) {
      throw new CommandLineError(`no completion for ${args.shell}: ${shells.join(', ')}`)
    }
    const commands = this.config.commands.map(({ id, summary, flags }) => ({
      words: id.replaceAll(':', ' '),
      summary: summary ?? '',
      flags: Object.entries(flags)
        .filter(([, { hidden }]) => !hidden)
        .flatMap(([name, { char }]) => [`--${name}`, ...(char === undefined ? [] : [`-${char}`])]),
      takes: takesNames.has(id) ? ('components' as const) : ('files' as const),
    }))
    const names = [...Object.keys(components), ...Object.keys(configBlocks)].sort()
    const script = completionScript(shell, { bin: this.config.bin, commands, names })
    process.stdout.write(script)
  }
}

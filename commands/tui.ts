import { string as argument } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { CommandLineError, describeFailure } from '../src/cli/failure.ts'
import type { Manual } from '../src/cli/manual.ts'
import { runTui, wantsColor } from '../src/cli/tui.ts'
import { tuiFlags } from '../src/cli/tui_flags.ts'

export default class Tui extends Command {
  static override summary = 'Watch a running collector in the terminal'
  static override description = `Shows what a running alloyts or Grafana Alloy does: its \
components with their health and rates, their graph, what flows through them, targets, logs, the \
cluster and figures of the program itself. ? lists the keys.

The URL may be without a scheme and may have the path prefix of the UI. Of Grafana Alloy \
everything is shown but its logs, which it gives to nobody.

With --once or --json no terminal is needed: --once prints a table, each component with its whole \
id on a line of its own, --json a line of JSON for every interval, and both together one line.`
  static override aliases = ['top']
  static override usage = 'tui [flags] [url]'
  static override examples = [
    '<%= config.bin %> tui',
    '<%= config.bin %> tui http://collector:12345/alloy',
    '<%= config.bin %> tui --once --filter remote_write',
  ]
  static override args = {
    url: argument({
      description: 'Where it listens; ALLOYTS_URL, or 127.0.0.1:12345, without.',
      ignoreStdin: true,
    }),
  }
  static override flags = tuiFlags
  static manual: Manual = {
    exitCodes: [
      ['0', 'The user quit, or what was asked for has been printed.'],
      ['1', 'The command line has an unknown flag or a value that no flag can have.'],
      ['2', 'The URL, the interval or the credentials cannot be used.'],
      ['69', 'With --once or --json: nothing answers at that address, or no collector.'],
      ['74', 'There is no terminal, and neither --once nor --json.'],
    ],
    signals: [
      ['SIGTERM, SIGINT, SIGHUP', 'Restores the terminal and ends.'],
      ['SIGTSTP, SIGCONT', 'Restores the terminal, and takes it again.'],
    ],
    environment: [
      ['ALLOYTS_URL', 'The URL where none is given.'],
      ['NO_COLOR, FORCE_COLOR=0', 'If set, nothing is coloured.'],
      ['TERM', 'The same if it is "dumb".'],
      ['LC_ALL, LC_CTYPE, LANG', 'Without UTF-8 in the first that is set, ASCII is used.'],
    ],
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Tui).catch(refuse)
    const { env } = process
    await runTui({
      url: args.url ?? (env.ALLOYTS_URL || '127.0.0.1:12345'),
      prefix: flags.prefix,
      user: flags.user,
      passwordEnv: flags['password-env'],
      passwordFile: flags['password-file'],
      bearerFile: flags['bearer-file'],
      ca: flags.ca,
      cert: flags.cert,
      key: flags.key,
      isInsecure: flags.insecure,
      environment: env,
      intervalMs: flags.interval.value,
      once: flags.once,
      json: flags.json,
      filter: flags.filter,
      ascii: flags.ascii,
      color: !flags['no-color'] && wantsColor(env),
    })
    // Connections that are kept must not keep the process.
    process.exit()
  }
}

function refuse(error: unknown): never {
  const message = describeFailure(error).text.replace(/^Error: |\n$/g, '')
  throw new CommandLineError(message, { exitCode: 2 })
}

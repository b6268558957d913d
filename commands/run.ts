import { join } from 'node:path'
import { string as argument } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { refuseConverters } from '../src/cli/converter_flags.ts'
import { CommandLineError } from '../src/cli/failure.ts'
import { featuresOf } from '../src/cli/features.ts'
import { setHeapGrowth } from '../src/cli/heap_growth.ts'
import { badCommandLine, colourVariables, type Manual } from '../src/cli/manual.ts'
import { checkRunFlags, deprecationWarnings, runFlags, runNotes } from '../src/cli/run_flags.ts'
import { ListenFailure, Program } from '../src/cli/run_program.ts'
import { noTerminal, RunTui } from '../src/cli/run_tui.ts'
import { untilStopped } from '../src/cli/signals.ts'
import { enableLinearFallback } from '../src/go/linear_regexp.ts'

export default class Run extends Command {
  static override summary = 'Run alloyts'
  static override description = `The run subcommand runs alloyts in the foreground until an \
interrupt is received.

run must be provided an argument pointing at the configuration directory or file path to use. If \
the configuration directory or file path wasn't specified, can't be loaded, or contains errors, \
run will exit immediately.

If path is a directory, all *.alloy files in that directory are combined into a single unit. \
Subdirectories are not searched.

run starts an HTTP server which serves metrics, health and an API, and which reloads the \
configuration on a GET or POST request to /-/reload. SIGHUP reloads it too, and with --watch so \
does a change of its files. If that fails, alloyts goes on with what it has; components that could \
not take their new arguments are shown as unhealthy. With --reload.mode=atomic a configuration is \
applied as a whole or not at all.`
  static override usage = 'run [flags] path'
  static override args = {
    path: argument({ description: 'File or directory.', required: true, ignoreStdin: true }),
  }
  static override flags = runFlags
  static manual: Manual = {
    exitCodes: [
      ['0', 'A signal ended the program, and everything was stopped in order.'],
      [
        '1',
        'The configuration cannot be loaded, the address cannot be listened on, the storage path ' +
          `cannot be used, a second signal ended the program at once, ${badCommandLine}`,
      ],
      ['74', 'There is no terminal for --tui.'],
    ],
    signals: [
      [
        'SIGTERM, SIGINT',
        'Stops scraping and listening, sends what is still held, and ends. A second one ends the ' +
          'program at once.',
      ],
      ['SIGHUP', 'Reads the configuration again. Not on Windows.'],
    ],
    files: [
      ['path', 'The configuration: a file, or a directory whose *.alloy files are combined.'],
      ['STORAGE_PATH/alloy_seed.json', 'The identity of this installation, made at first start.'],
      ['STORAGE_PATH/remotecfg', 'Made at first start; nothing is kept there yet.'],
    ],
    environment: [
      ['any', 'Read by sys.env in the configuration.'],
      [
        'HTTP_PROXY, HTTPS_PROXY, NO_PROXY',
        'Proxies of HTTP clients that have proxy_from_environment set; also in lower case.',
      ],
      ['SSL_CERT_FILE', "File of the root certificates to trust, instead of the system's."],
      [
        'ALLOY_DEPLOY_MODE',
        'How the program was installed, for the User-Agent: operator, helm, docker, deb, rpm or ' +
          'brew.',
      ],
      ...colourVariables,
    ],
    flagNotes: runNotes,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Run)
    for (const warning of deprecationWarnings(flags)) process.stderr.write(warning)
    checkRunFlags(flags)
    // Before any pattern of the configuration: V8 chooses the engine when it compiles one.
    setHeapGrowth([...process.execArgv, process.env.NODE_OPTIONS ?? ''])
    enableLinearFallback()
    refuseConverters(flags, args.path)
    if (flags.tui && !(process.stdin.isTTY && process.stdout.isTTY)) {
      throw new CommandLineError('--tui: there is no terminal', { exitCode: noTerminal })
    }
    const tui = new RunTui({
      program: join(this.config.root, 'bin', 'run.js'),
      uiPathPrefix: flags['server.http.ui-path-prefix'],
      stderr: (text) => process.stderr.write(text),
    })
    const program = new Program({
      path: args.path,
      features: featuresOf(flags),
      listenAddr: flags['server.http.listen-addr'],
      memoryAddr: flags['server.http.memory-addr'],
      uiPathPrefix: flags['server.http.ui-path-prefix'],
      uiDir: join(this.config.root, 'dist', 'ui'),
      serves: {
        pprof: flags['server.http.enable-pprof'],
        supportBundle: !flags['server.http.disable-support-bundle'],
        graphql: flags['server.http.enable-graphql'],
        graphqlPlayground: flags['server.http.enable-graphql-playground'],
      },
      flags,
      storagePath: flags['storage.path'],
      shutdownDeadlineMs: flags['feature.component-shutdown-deadline'].value,
      limits: {
        scrapeBodySizeBytes: flags['scrape.max-body'].value,
        remoteWriteMemoryBytes: flags['remote-write.memory-limit'].value,
      },
      logBufferBytes: flags['log-buffer.memory-limit'].value,
      reloadMode: flags['reload.mode'] === 'atomic' ? 'atomic' : 'partial',
      watch: flags.watch,
      version: this.config.version,
      environment: process.env,
      stdout: (text) => process.stdout.write(text),
      stderr: (text) => tui.stderr(text),
    })
    try {
      const beside = (address: string, signal: AbortSignal) => tui.run(address, signal)
      await untilStopped(program, flags.tui ? beside : undefined)
    } catch (error) {
      if (error instanceof ListenFailure) this.exit(1)
      throw error
    }
    // What did not stop before its deadline must not keep the process.
    process.exit()
  }
}

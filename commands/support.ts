import { Command } from '@oclif/core/command'
import { string } from '@oclif/core/flags'
import { intFlag } from '../src/cli/go_flags.ts'
import { badCommandLine, type Manual } from '../src/cli/manual.ts'
import { fetchSupportBundle } from '../src/cli/support.ts'
import { HttpClient } from '../src/net/http_client.ts'

export default class Support extends Command {
  static override summary = 'Fetch a support bundle from a running instance'
  static override description = `Asks a running instance, alloyts or Alloy, for everything that \
somebody needs who is to help: configuration without secrets, logs, metrics, profiles and what \
the components say of themselves. The instance collects it for the duration; then it is written \
to a file, whose name is printed.

Look at what is in it before you hand it on. --include and --exclude are for alloyts only.`
  static override usage = 'support [flags]'
  static override examples = [
    '<%= config.bin %> support --duration 10',
    '<%= config.bin %> support --url http://10.0.0.7:12345 --exclude pprof --out bundle.zip',
  ]
  static override flags = {
    url: string({
      description: 'Where the instance listens; a login may stand in it',
      default: 'http://127.0.0.1:12345',
    }),
    out: string({
      description: 'File to write, which must not be there yet; - for standard output',
      default: 'alloy-support-bundle.zip',
    }),
    duration: intFlag('duration', { description: 'For how many seconds to collect' }, '30'),
    include: string({
      description: 'Files and folders of the bundle to collect, with commas; all without it',
      default: '',
    }),
    exclude: string({
      description: 'Files and folders of the bundle to leave out, with commas',
      default: '',
    }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The bundle was written.'],
      [
        '1',
        `The instance cannot be asked or refuses, the file cannot be written, ${badCommandLine}`,
      ],
    ],
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Support)
    const client = new HttpClient(
      { proxy_from_environment: true },
      { userAgent: `alloyts/${this.config.version}` },
    )
    const { exclude, include, out, url } = flags
    const durationSeconds = flags.duration.value
    const stdout = (bytes: Uint8Array | string) => void process.stdout.write(bytes)
    try {
      await fetchSupportBundle({ client, durationSeconds, exclude, include, out, stdout, url })
    } finally {
      client.close()
    }
  }
}

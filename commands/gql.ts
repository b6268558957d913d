import { string as argument } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { string } from '@oclif/core/flags'
import { gql } from '../src/cli/gql.ts'
import { badCommandLine, type Manual } from '../src/cli/manual.ts'
import { HttpClient } from '../src/net/http_client.ts'

export default class Gql extends Command {
  static override aliases = ['graphql']
  static override summary = 'Query a running instance with GraphQL'
  static override description = `The gql subcommand runs a GraphQL query against a running \
instance, alloyts or Alloy, and prints the answer as JSON. Fields alone stand for a query of them.

It requires the --server.http.enable-graphql flag on the running instance to be set, as well as \
the --stability.level flag set to "experimental".`
  static override usage = 'gql <query> [flags]'
  static override examples = [
    `<%= config.bin %> gql 'alloy { version isReady }'`,
    `<%= config.bin %> gql 'query { component(id: "prometheus.scrape.a") { exports } }'`,
  ]
  static override args = {
    query: argument({ description: 'What to ask.', required: true, ignoreStdin: true }),
  }
  static override flags = {
    endpoint: string({
      description: 'Address of the GraphQL endpoint',
      default: 'http://127.0.0.1:12345/graphql',
    }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The answer was printed.'],
      ['1', `There is no answer, or one with errors, which is printed too, ${badCommandLine}`],
    ],
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Gql)
    const client = new HttpClient(
      { proxy_from_environment: true },
      { userAgent: `alloyts/${this.config.version}` },
    )
    const stdout = (text: string) => void process.stdout.write(text)
    try {
      await gql({ client, stdout, endpoint: flags.endpoint, query: args.query })
    } finally {
      client.close()
    }
  }
}

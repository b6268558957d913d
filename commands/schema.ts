import { Command } from '@oclif/core'
import { badCommandLine, type Manual } from '../src/cli/manual.ts'
import { components, configBlocks } from '../src/components/all.ts'
import { schemaJson } from '../src/schema/schema_json.ts'

export default class SchemaCommand extends Command {
  static override summary = 'Print what every component and configuration block takes, as JSON'
  static override description =
    'Names, types, defaults and documentation of all arguments and exports, for editors and checks.'
  static override usage = 'schema'
  static manual: Manual = {
    exitCodes: [
      ['0', 'The schema was printed.'],
      ['1', `Something went wrong, ${badCommandLine}`],
    ],
  }

  async run(): Promise<void> {
    await this.parse(SchemaCommand)
    const all = await Promise.all(Object.values(components).map((load) => load()))
    const blocks = await Promise.all(Object.values(configBlocks).map((load) => load()))
    const json = schemaJson(
      all.map(({ declaration }) => declaration),
      blocks.map(({ declaration }) => declaration),
    )
    this.log(JSON.stringify(json, undefined, 2))
  }
}

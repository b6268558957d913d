import { string as argument } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { boolean, string } from '@oclif/core/flags'
import { allDeclarations, declaredNamed, statusTable } from '../src/cli/declared.ts'
import { CommandLineError } from '../src/cli/failure.ts'
import { badCommandLine, type Manual } from '../src/cli/manual.ts'
import { jsonSchema, jsonSchemas } from '../src/schema/json_schema.ts'
import { schemaJson } from '../src/schema/schema_json.ts'

export default class SchemaCommand extends Command {
  static override summary = 'Print what components and configuration blocks take, as JSON'
  static override description = `Names, types, defaults and documentation of all arguments and \
exports, for editors, checks and other programs: of everything, or of one component or block.

With --format=json-schema the arguments are described as JSON Schema. With --status a table says \
which components run, and which are only known to validate and fmt.`
  static override usage = 'schema [flags] [component]'
  static override examples = [
    '<%= config.bin %> schema prometheus.scrape',
    '<%= config.bin %> schema --format=json-schema loki.process',
    '<%= config.bin %> schema --status',
  ]
  static override args = {
    component: argument({
      description: 'Name of a component or configuration block.',
      ignoreStdin: true,
    }),
  }
  static override flags = {
    format: string({ description: 'Shape of the output: json or json-schema.', default: 'json' }),
    status: boolean({ description: 'Print which components run.' }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The schema was printed.'],
      ['1', `There is no such component, ${badCommandLine}`],
    ],
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(SchemaCommand)
    const { format, status } = flags
    if (format !== 'json' && format !== 'json-schema') {
      throw new CommandLineError(
        `unrecognized format ${JSON.stringify(format)}: json or json-schema`,
      )
    }
    const chosen =
      args.component === undefined ? await allDeclarations() : await declaredNamed(args.component)
    const { components, blocks } = chosen
    if (status) {
      process.stdout.write(statusTable(chosen))
      return
    }
    const declared = [...components, ...blocks]
    const [only] = declared
    const json =
      format === 'json'
        ? schemaJson(components, blocks)
        : args.component !== undefined && only !== undefined
          ? jsonSchema(only)
          : jsonSchemas(declared)
    process.stdout.write(`${JSON.stringify(json, undefined, 2)}\n`)
  }
}

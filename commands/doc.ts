import { string as argument } from '@oclif/core/args'
import { Command } from '@oclif/core/command'
import { declaredNamed } from '../src/cli/declared.ts'
import { docPage } from '../src/cli/doc_page.ts'
import { badCommandLine, colourVariables, type Manual } from '../src/cli/manual.ts'
import { reportColors } from '../src/cli/report_colors.ts'

const pipeWidth = 100

export default class Doc extends Command {
  static override summary = 'Show what a component or configuration block takes and exports'
  static override description = `Shows the reference page of a component or configuration block: \
its arguments with their types and defaults, its blocks, and what it exports.`
  static override usage = 'doc component'
  static override examples = ['<%= config.bin %> doc prometheus.scrape']
  static override args = {
    component: argument({
      description: 'Name of a component or configuration block.',
      required: true,
      ignoreStdin: true,
    }),
  }
  static manual: Manual = {
    exitCodes: [
      ['0', 'The page was printed.'],
      ['1', `There is no such component, ${badCommandLine}`],
    ],
    environment: colourVariables,
  }

  async run(): Promise<void> {
    const { args } = await this.parse(Doc)
    const { components, blocks } = await declaredNamed(args.component)
    const width = process.stdout.columns ?? pipeWidth
    const bold = reportColors()?.bold ?? ((text: string) => text)
    for (const declared of [...components, ...blocks]) {
      process.stdout.write(docPage(declared, { width, bold }))
    }
  }
}

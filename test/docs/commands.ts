// The commands of the program, for the pages made from them.

import Completion from '../../commands/completion.ts'
import Doc from '../../commands/doc.ts'
import Fmt from '../../commands/fmt.ts'
import Gql from '../../commands/gql.ts'
import Run from '../../commands/run.ts'
import Schema from '../../commands/schema.ts'
import Support from '../../commands/support.ts'
import Eval from '../../commands/tools/eval.ts'
import SampleStats from '../../commands/tools/prometheus.remote_write/sample-stats.ts'
import TargetStats from '../../commands/tools/prometheus.remote_write/target-stats.ts'
import WalStats from '../../commands/tools/prometheus.remote_write/wal-stats.ts'
import Sink from '../../commands/tools/sink.ts'
import WalInspect from '../../commands/tools/wal-inspect.ts'
import Tui from '../../commands/tui.ts'
import Validate from '../../commands/validate.ts'
import type { Manual } from '../../src/cli/manual.ts'

/** The part of oclif's flags and arguments that is documented. */
export interface DocumentedFlag {
  readonly type?: string
  readonly char?: string | undefined
  readonly description?: string | undefined
  readonly hidden?: boolean | undefined
  readonly allowNo?: boolean | undefined
  readonly helpValue?: string | readonly string[] | undefined
  readonly default?: unknown
}

export interface DocumentedArgument {
  readonly description?: string | undefined
  readonly required?: boolean | undefined
}

export interface DocumentedCommand {
  readonly summary: string
  readonly description: string
  readonly usage: string
  readonly aliases?: readonly string[]
  readonly examples?: readonly string[]
  readonly args?: Readonly<Record<string, DocumentedArgument>>
  readonly flags?: Readonly<Record<string, DocumentedFlag>>
  readonly manual: Manual
}

/** By the words that call them. */
export const commands: Readonly<Record<string, DocumentedCommand>> = {
  completion: documented(Completion),
  doc: documented(Doc),
  fmt: documented(Fmt),
  gql: documented(Gql),
  run: documented(Run),
  schema: documented(Schema),
  support: documented(Support),
  'tools eval': documented(Eval),
  'tools prometheus.remote_write sample-stats': documented(SampleStats),
  'tools prometheus.remote_write target-stats': documented(TargetStats),
  'tools prometheus.remote_write wal-stats': documented(WalStats),
  'tools sink': documented(Sink),
  'tools wal-inspect': documented(WalInspect),
  tui: documented(Tui),
  validate: documented(Validate),
}

interface CommandClass {
  readonly summary?: string
  readonly description?: string
  readonly usage?: string | string[]
  readonly aliases?: string[]
  readonly examples?: unknown
  readonly args?: Readonly<Record<string, DocumentedArgument>>
  readonly flags?: Readonly<Record<string, DocumentedFlag>>
  readonly manual: Manual
}

function documented(command: CommandClass): DocumentedCommand {
  const { summary, description, usage, examples, aliases = [], args = {}, flags = {} } = command
  if (!summary || !description || typeof usage !== 'string') {
    throw new Error('a command needs a summary, a description and a usage')
  }
  const texts = Array.isArray(examples) ? examples.map(String) : []
  return {
    summary,
    description,
    usage,
    aliases,
    args,
    flags,
    manual: command.manual,
    examples: texts.map((text) => text.replaceAll('<%= config.bin %>', 'alloyts')),
  }
}

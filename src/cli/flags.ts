// Flags as Go programs take them: a boolean may carry its value, `--name=false`.

import { CommandLineError } from './failure.ts'

interface Flag {
  readonly type: string
  readonly allowNo?: boolean
}

const truths = new Set(['1', 't', 'T', 'true', 'TRUE', 'True'])
const falsehoods = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False'])

/** The arguments with `--name=true` as `--name`, and `--name=false` as `--no-name` or left out. */
export function normalizeBooleans(
  args: readonly string[],
  flags: Readonly<Record<string, Flag>>,
): string[] {
  const end = args.indexOf('--')
  return args.flatMap((word, i) => {
    const match = /^--([^=]+)=(.*)$/s.exec(word)
    const [, name = '', value = ''] = match ?? []
    const flag = flags[name]
    if (flag?.type !== 'boolean' || (end >= 0 && i > end)) return [word]
    if (truths.has(value)) return [`--${name}`]
    if (falsehoods.has(value)) return flag.allowNo ? [`--no-${name}`] : []
    const reason = `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`
    throw new CommandLineError(
      `invalid argument ${JSON.stringify(value)} for "--${name}" flag: ${reason}`,
    )
  })
}

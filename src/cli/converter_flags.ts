// Flags for configurations in other formats, which are not converted yet.

import { boolean, string } from '@oclif/core/flags'
import { CommandLineError } from './failure.ts'

export const converterFlags = {
  'config.bypass-conversion-errors': boolean({
    description: 'Enable bypassing errors when converting',
  }),
  'config.extra-args': string({
    description:
      'Extra arguments from the original format used by the converter. Multiple arguments can ' +
      'be passed by separating them with a space.',
    default: '',
  }),
  'config.format': string({
    description:
      'The format of the source file. Supported formats: "otelcol", "prometheus", "promtail", ' +
      '"static".',
    default: 'alloy',
  }),
}

/** For the man pages. */
export const converterNotes = {
  'config.bypass-conversion-errors': 'Has no effect on files in the format of Alloy.',
  'config.extra-args': 'Has no effect on files in the format of Alloy.',
  'config.format': 'Only "alloy" is available yet.',
}

const formats: ReadonlySet<string> = new Set(['otelcol', 'prometheus', 'promtail', 'static'])

export function refuseConverters(
  flags: {
    readonly 'config.bypass-conversion-errors': boolean
    readonly 'config.extra-args': string
    readonly 'config.format': string
  },
  path: string,
): void {
  const format = flags['config.format']
  if (format === 'alloy') return
  if (formats.has(format)) {
    throw new CommandLineError(`--config.format=${format} is not available in alloyts yet`)
  }
  const kind = JSON.stringify(format)
  throw new CommandLineError(
    `reading config path ${JSON.stringify(path)}: (Critical) unrecognized kind ${kind} given to ` +
      'the config converter',
  )
}

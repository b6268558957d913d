// What the man page of a command says beyond its arguments and flags.

/** Pairs of what and what it means, in the order in which they are printed. */
type Rows = readonly (readonly [name: string, text: string])[]

export interface Manual {
  readonly exitCodes: Rows
  readonly signals?: Rows
  readonly files?: Rows
  readonly environment?: Rows
  /** By the name of a flag: a sentence to add to its description. */
  readonly flagNotes?: Readonly<Record<string, string>>
}

export const badCommandLine = 'or the command line is wrong.'

export const colourVariables = [
  ['NO_COLOR', 'If set, the report of a configuration is printed without colours.'],
  ['TERM', 'The same if it is "dumb".'],
] as const

export const notAvailable = 'Not available yet: any but the default is refused.'

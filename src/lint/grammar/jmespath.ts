// Whether a text is a JMESPath expression, as the community's specification has it.

import { compile } from '@jmespath-community/jmespath'

/** The parser descends once for each level. */
const lengthMax = 10_000

/** Why it is none; nothing where it is one. */
export function jmesPathProblem(text: string): string | undefined {
  if (text.length > lengthMax) return `it is longer than ${lengthMax} characters`
  try {
    compile(text)
    return undefined
  } catch (error) {
    return (error as Error).message.replace(/^syntax(?: error)?[:,] */i, '')
  }
}

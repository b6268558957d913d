// What lints say of a configuration given as text.

import { describeSpan } from '../../src/syntax/diagnostics.ts'
import { checkText } from './check_text.ts'

/** `line:column message` of what one lint finds, or all of them with their codes. */
export async function lintText(text: string, code?: string): Promise<string[]> {
  const { diagnostics } = await checkText(text, { depth: 'all' })
  return diagnostics
    .filter((each) => code === undefined || each.code === code)
    .map(({ code: own, span, message }) => {
      const place = describeSpan(span).replace('config.alloy:', '')
      return `${place} ${code === undefined ? `${own}: ` : ''}${message}`
    })
}

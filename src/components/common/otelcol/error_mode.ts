// What happens when an OTTL expression fails on an item.

import { oneOf } from '../../../schema/texts.ts'

export const ottlErrorMode = oneOf(['propagate', 'ignore', 'silent'], {
  otherwise: (written) => `unknown error mode ${written}`,
  ignoreCase: true,
})

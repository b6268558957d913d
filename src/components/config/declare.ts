// declare: a component made of components. Its body is a module.

import type { BlockDeclaration } from '../../schema/declaration.ts'

export const declaration: BlockDeclaration = {
  name: 'declare',
  stability: 'generally-available',
  summary: 'A component made of components.',
  label: 'required',
  where: 'any',
}

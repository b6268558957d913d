// public-secret-file

import { traversalsOf } from '../engine/references.ts'
import type { Type } from '../schema/type.ts'
import type { Lint } from './lint.ts'
import { attributeOf, knownValue } from './visit.ts'

export const publicSecretFile: Lint = {
  code: 'public-secret-file',
  severity: 'warning',
  summary: 'The content of a file is used as a secret, but shown to everybody who sees the UI.',
  check({ attributes }, report) {
    for (const { attribute, field, node, module } of attributes) {
      if (field?.kind !== 'attribute' || !isSecret(field.type)) continue
      for (const { names, span } of traversalsOf([attribute])) {
        const id = names.slice(0, 3).join('.')
        const file = module.nodes.find((each) => each.id === id)
        if (file?.block.name !== 'local.file' || names[3] !== 'content') continue
        const flag = attributeOf(file.block, 'is_secret')
        if (flag !== undefined && knownValue(flag.value, file) !== false) continue
        report(
          span,
          `${id} is not marked as a secret, so that its content is shown in the UI of ${node.id}`,
          `Add is_secret = true to ${id}.`,
        )
      }
    }
  },
}

function isSecret({ capsule }: Type<unknown>): boolean {
  return capsule === 'alloytypes.Secret'
}

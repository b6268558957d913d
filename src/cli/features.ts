// The flags that say which components and blocks may be used, for all commands that load some.

import { boolean } from '@oclif/core/flags'
import type { Features } from '../engine/catalog.ts'
import type { Stability } from '../schema/schema.ts'
import { wordFlag } from './go_flags.ts'

const levels: readonly Stability[] = ['generally-available', 'public-preview', 'experimental']

export const featureFlags = {
  'feature.community-components.enabled': boolean({ description: 'Enable community components.' }),
  'stability.level': wordFlag(
    'stability.level',
    {
      description:
        'Minimum stability level of features to enable. Supported values: ' +
        '"generally-available", "public-preview", "experimental"',
      helpValue: '<stability_level>',
    },
    levels,
    (written) => `invalid stability level ${JSON.stringify(written)}`,
  ),
}

export function featuresOf(flags: {
  readonly 'feature.community-components.enabled': boolean
  readonly 'stability.level': string
}): Features {
  const stability = levels.find((level) => level === flags['stability.level'])
  return {
    stability: stability ?? 'generally-available',
    community: flags['feature.community-components.enabled'],
  }
}

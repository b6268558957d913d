// ineffective-argument

import type { Lint } from './lint.ts'
import { attributeOf, type BlockSite, settingOf } from './visit.ts'

export const ineffectiveArgument: Lint = {
  code: 'ineffective-argument',
  severity: 'warning',
  summary: 'An argument has no effect, because another one takes it away.',
  check({ blocks }, report) {
    for (const site of blocks) {
      for (const { where, argument, holds, because } of cases) {
        const attribute = attributeOf(site.block, argument)
        if (attribute === undefined || !where.test(wayOf(site)) || !holds(site)) continue
        report(attribute.span, `${argument} has no effect: ${because}`)
      }
    }
  },
}

interface Case {
  /** Names of the component and of the blocks, with blanks between. */
  readonly where: RegExp
  readonly argument: string
  holds(site: BlockSite): boolean
  readonly because: string
}

const cases: readonly Case[] = [
  {
    where: /^prometheus\.scrape$/,
    argument: 'track_timestamps_staleness',
    holds: (site) => isOn(site, 'track_timestamps_staleness') && isOff(site, 'honor_timestamps'),
    because: 'honor_timestamps is false, so that no sample keeps its own time',
  },
  {
    where: /^prometheus\.remote_write endpoint metadata_config$/,
    argument: 'send_interval',
    holds: (site) => isOff(site, 'send'),
    because: 'send is false',
  },
  {
    where: /^loki\.process(?: stage\.match)* stage\.limit$/,
    argument: 'max_distinct_labels',
    holds: (site) => attributeOf(site.block, 'by_label_name') === undefined,
    because: 'there is no by_label_name',
  },
  {
    where: /(?:^| )rule$| write_relabel_config$/,
    argument: 'modulus',
    holds: (site) => !['hashmod', undefined].includes(actionOf(site)),
    because: 'only the action hashmod takes it',
  },
]

function wayOf({ node, path }: BlockSite): string {
  return [node.block.name, ...path].join(' ')
}

function isOn(site: BlockSite, name: string): boolean {
  return settingOf(site, name).value === true
}

function isOff(site: BlockSite, name: string): boolean {
  return settingOf(site, name).value === false
}

function actionOf(site: BlockSite): string | undefined {
  const { value, attribute } = settingOf(site, 'action')
  if (attribute === undefined) return 'replace'
  return typeof value === 'string' ? value : undefined
}

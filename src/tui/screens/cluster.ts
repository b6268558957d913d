// The nodes of the cluster.

import type { Peer } from '../../client/client.ts'
import type { State } from '../state.ts'
import type { Span, Theme } from '../theme.ts'
import { table } from './table.ts'

export function clusterScreen(state: State, width: number, height: number, theme: Theme): string[] {
  const { data, view } = state
  const { glyphs } = theme
  const owned = new Map<string, number>()
  for (const { owner } of data.targets) owned.set(owner, (owned.get(owner) ?? 0) + 1)
  const lines = table(
    {
      columns: [
        {
          title: '',
          width: 1,
          cell: ({ state }: Peer) => {
            if (state === 'participant') return ['good', glyphs.healthy] as const
            return ['warn', state === 'viewer' ? glyphs.unknown : glyphs.unhealthy] as const
          },
        },
        { title: 'NODE', width: 2, isFlexible: true, cell: ({ name }: Peer) => name },
        { title: 'ADDRESS', width: 2, isFlexible: true, cell: ({ addr }: Peer) => addr },
        { title: 'STATE', width: 12, cell: ({ state }: Peer) => state },
        {
          title: 'SELF',
          width: 4,
          cell: ({ isSelf }: Peer) => ['accent', isSelf ? 'yes' : ''] as const,
        },
        {
          title: 'TARGETS',
          width: 7,
          isRight: true,
          cell: ({ name }: Peer) => String(owned.get(name) ?? '-'),
        },
      ],
      rows: data.peers,
      none: 'no node is known',
      selected: view.selected.cluster,
      keyOf: ({ name }) => name,
    },
    width,
    height - 1,
    theme,
  )
  return [theme.line(headOf(state), width), ...lines]
}

function headOf({ data }: State): Span[] {
  const failure = data.failures.cluster
  if (failure !== undefined) return [['bad', ` ${failure}`]]
  const { info } = data
  if (info !== undefined && !info.clustering.enabled) {
    return [['dim', ' Clustering is off: this node is alone.']]
  }
  const ready = data.peers.filter(({ state }) => state === 'participant').length
  return [['dim', ` ${ready} of ${data.peers.length} nodes take part`]]
}

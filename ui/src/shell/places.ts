// The pages, in the order of the navigation.

import type { IconName } from '../parts/icon.tsx'

export interface Place {
  readonly path: string
  readonly title: string
  readonly icon: IconName
  /** After `g`. */
  readonly key: string
}

export const places: readonly Place[] = [
  { path: '/', title: 'Overview', icon: 'overview', key: 'o' },
  { path: '/graph', title: 'Graph', icon: 'graph', key: 'g' },
  { path: '/components', title: 'Components', icon: 'components', key: 'c' },
  { path: '/targets', title: 'Targets', icon: 'targets', key: 't' },
  { path: '/debug', title: 'Live debugging', icon: 'debug', key: 'd' },
  { path: '/logs', title: 'Logs', icon: 'logs', key: 'l' },
  { path: '/config', title: 'Configuration', icon: 'config', key: 'e' },
  { path: '/modules', title: 'Modules', icon: 'modules', key: 'm' },
  { path: '/clustering', title: 'Clustering', icon: 'clustering', key: 'n' },
  { path: '/remotecfg', title: 'Remote configuration', icon: 'remotecfg', key: 'r' },
]

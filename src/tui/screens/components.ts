// The table of components: health, what flows in and out, and what each says of its health.

import type { ComponentSummary } from '../../client/api.ts'
import { componentRows } from '../rows.ts'
import type { State } from '../state.ts'
import { count, sparkline, widthOf } from '../text.ts'
import { glyphOfHealth, roleOfHealth, type Theme } from '../theme.ts'
import { type Column, table } from './table.ts'

/** Messages that say no more than the glyph does. */
const usual = new Set(['started component', 'component evaluated', 'started custom component'])

export function componentsScreen(
  state: State,
  width: number,
  height: number,
  theme: Theme,
): string[] {
  const { data, view } = state
  const rows = componentRows(state)
  const none = data.components.length === 0 ? noneYet(state) : 'no component matches'
  return table(
    {
      columns: columnsOf(state, rows, theme),
      rows,
      none,
      selected: view.selected.components,
      keyOf: ({ id }) => id,
    },
    width,
    height,
    theme,
  )
}

function noneYet({ data }: State): string {
  return data.connection.lastMs === 0 ? 'waiting for an answer' : 'nothing is configured'
}

function columnsOf(
  { data }: State,
  rows: readonly ComponentSummary[],
  theme: Theme,
): Column<ComponentSummary>[] {
  const { glyphs } = theme
  const flow = (id: string) => data.flow.get(id)
  return [
    {
      title: '',
      width: 1,
      cell: ({ delivery, health }) => {
        if (delivery?.isDelivering === false && health.state === 'healthy') {
          return ['warn', glyphs.unhealthy]
        }
        return [roleOfHealth(health.state), glyphOfHealth(health.state, glyphs)]
      },
    },
    {
      title: 'COMPONENT',
      width: 3,
      isFlexible: true,
      most: Math.max(9, ...rows.map((row) => widthOf(nameOf(row)))),
      keepsEnd: true,
      cell: nameOf,
    },
    ...(rows.some(({ moduleId }) => moduleId !== '') ? [moduleColumn] : []),
    {
      title: 'IN/s',
      width: 6,
      isRight: true,
      cell: ({ id }) => rate(flow(id)?.in),
    },
    {
      title: 'OUT/s',
      width: 6,
      isRight: true,
      cell: ({ id }) => {
        const { out = 0, targets = 0 } = flow(id) ?? {}
        return out === 0 && targets > 0 ? ['dim', `${count(targets)} tg`] : rate(out)
      },
    },
    {
      title: 'TREND',
      width: 12,
      fromWidth: 100,
      cell: ({ id }) => ['accent', sparkline(data.trends.get(id) ?? [], 12, glyphs.levels)],
    },
    {
      title: 'SAYS',
      width: 2,
      isFlexible: true,
      cell: ({ delivery, health }) => {
        if (delivery?.isDelivering === false) return ['warn', delivery.message]
        const role = health.state === 'healthy' ? 'dim' : roleOfHealth(health.state)
        return [role, usual.has(health.message) ? '' : health.message]
      },
    },
  ]
}

const moduleColumn: Column<ComponentSummary> = {
  title: 'MODULE',
  width: 24,
  fromWidth: 140,
  keepsEnd: true,
  cell: ({ moduleId }) => ['dim', moduleId === '' ? '/' : moduleId],
}

/** Moved in by the depth of its module. */
function nameOf({ id, moduleId }: ComponentSummary): string {
  return `${'  '.repeat(depthOf(moduleId))}${localId(id, moduleId)}`
}

function rate(value: number | undefined): string {
  return value === undefined || value === 0 ? '-' : count(value)
}

function localId(id: string, moduleId: string): string {
  return moduleId === '' ? id : id.slice(moduleId.length + 1)
}

function depthOf(moduleId: string): number {
  return moduleId === '' ? 0 : moduleId.split('/').length
}

import { expect, it } from 'vitest'
import type { ComponentSummary } from '../../src/client/api.ts'
import { frame } from '../../src/tui/frame.ts'
import type { State, View } from '../../src/tui/state.ts'
import { themeOf } from '../../src/tui/theme.ts'
import { recordedState } from '../support/tui_state.ts'

/** Pipelines of four into one writer. */
function manyComponents(count: number): ComponentSummary[] {
  const [first] = recordedState('metrics').data.components
  return Array.from({ length: count }, (_, i) => ({
    ...first!,
    id: `prometheus.scrape.n${i}`,
    dataFlowTo: [`prometheus.scrape.n${i % 4 === 3 ? 0 : i + 1}`],
  }))
}

/** CPU of one frame in ms: the faster ones of some, for others use the machine too. */
function frameCost(view: Partial<View>, count: number): number {
  const clean = recordedState('metrics', { ...view, size: { width: 200, height: 50 } })
  const state: State = { ...clean, data: { ...clean.data, components: manyComponents(count) } }
  const theme = themeOf({ color: true, ascii: false })
  frame(state, 200, 50, theme)
  const costs = Array.from({ length: 15 }, () => {
    const start = process.cpuUsage()
    frame(state, 200, 50, theme)
    const { system, user } = process.cpuUsage(start)
    return (system + user) / 1000
  })
  return costs.sort((a, b) => a - b)[4]!
}

it.each([
  ['components', { screen: 'components' }],
  [
    'the graph as layers',
    { screen: 'graph', graph: { form: 'layers', isCollapsed: false, hops: undefined } },
  ],
  [
    'the graph as a tree',
    { screen: 'graph', graph: { form: 'tree', isCollapsed: false, hops: undefined } },
  ],
] as const)('a frame of %s with 200 components takes at most 15 ms', (_, view) => {
  expect(frameCost(view, 200)).toBeLessThan(15)
})

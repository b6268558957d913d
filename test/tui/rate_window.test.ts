import { expect, it } from 'vitest'
import type { EdgeRate } from '../../src/client/api.ts'
import { RateWindow } from '../../src/tui/rate_window.ts'

const edge = (rate: number, type: EdgeRate['type'] = 'prometheus_metric'): EdgeRate => ({
  from: 'a',
  to: 'b',
  type,
  rate,
})

it('shows the mean of the last ten seconds', () => {
  const window = new RateWindow()
  const rates = () => window.edges().map(({ rate }) => rate)
  window.add('', 1, [edge(100)])
  expect(rates()).toEqual([100])
  // A scrape every ten seconds.
  for (let i = 0; i < 9; i++) window.add('', 1, [])
  expect(rates()).toEqual([10])
  window.add('', 1, [])
  expect(rates()).toEqual([])
})

it('keeps a record that is longer than that', () => {
  const window = new RateWindow()
  window.add('', 60, [edge(5)])
  window.add('', 60, [edge(7)])
  expect(window.edges()[0]!.rate).toBe(7)
})

it('shows how many targets there were at last', () => {
  const window = new RateWindow()
  window.add('', 1, [edge(3, 'target')])
  window.add('', 1, [edge(4, 'target')])
  window.add('', 1, [])
  expect(window.edges()[0]!.rate).toBe(4)
})

it('forgets a stream without the others', () => {
  const window = new RateWindow()
  window.add('', 1, [edge(3)])
  window.add('module', 1, [{ ...edge(4), from: 'module/a' }])
  window.forget('')
  expect(window.edges().map(({ from }) => from)).toEqual(['module/a'])
})

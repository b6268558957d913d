import { describe, expect, it } from 'vitest'
import type { DebugBody, DebugStatement } from '../../src/engine/debug_info.ts'
import { target } from '../../src/model/targets.ts'
import { maskedComponent, maskedValue } from '../../src/services/masked_component.ts'
import { componentView } from '../support/engine_view.ts'

const mask = (text: string) => text.replaceAll('hunter2', '(secret)')

/** As lists, to compare. */
function listed(body: DebugBody): unknown[] {
  return [...body].map((each) =>
    each.kind === 'block' ? { ...each, body: listed(each.body) } : each,
  )
}

describe('a component whose secrets are masked', () => {
  it('hides them in health, delivery and debug info at any depth', () => {
    const inner: DebugStatement = { kind: 'attribute', name: 'error', value: ['got hunter2'] }
    const shown = maskedComponent(
      componentView('a.b', {
        health: () => ({ state: 'unhealthy', message: 'hunter2', updatedMs: 0 }),
        delivery: () => ({ isDelivering: false, message: 'hunter2' }),
        debugInfo: () => [{ kind: 'block', name: 'target', body: [inner] }],
      }),
      mask,
    )
    expect(shown.health().message).toBe('(secret)')
    expect(shown.delivery?.().message).toBe('(secret)')
    expect(listed(shown.debugInfo())).toEqual([
      { kind: 'block', name: 'target', body: [{ ...inner, value: ['got (secret)'] }] },
    ])
  })

  it('makes debug info as it is read', () => {
    let made = 0
    const shown = maskedComponent(
      componentView('a.b', {
        *debugInfo() {
          for (;;) yield { kind: 'attribute', name: `a${made++}`, value: 'x' }
        },
      }),
      mask,
    )
    const statements = shown.debugInfo()[Symbol.iterator]()
    expect(made).toBe(0)
    statements.next()
    expect(made).toBe(1)
  })

  it('hides them in what converts into an object', () => {
    const labels = target.encode(new Map([['token', 'hunter2']]))
    expect(maskedValue(labels, mask)).toEqual(new Map([['token', '(secret)']]))
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Session, type SessionOptions } from '../../src/tui/session.ts'
import type { Data } from '../../src/tui/state.ts'
import { themeOf } from '../../src/tui/theme.ts'
import { nowMs, recordedState } from '../support/tui_state.ts'

beforeEach(() => void vi.useFakeTimers({ now: nowMs }))
afterEach(() => void vi.useRealTimers())

function session(extra: Partial<SessionOptions> = {}) {
  const written: string[] = []
  const source = {
    data: recordedState('metrics').data,
    want: vi.fn(),
    refresh: vi.fn(),
    tick: vi.fn((time: number) => {
      source.data = { ...source.data, nowMs: time }
    }),
  }
  const own = new Session({
    source,
    theme: themeOf({ color: false, ascii: false }),
    filter: '',
    intervalMs: 1000,
    write: (text) => written.push(text),
    reload: async () => 'config reloaded',
    save: async (name) => `/tmp/${name}`,
    onQuit: vi.fn(),
    ...extra,
  })
  own.start(120, 40)
  return { session: own, source, written, key: (name: string) => own.key({ name, ctrl: false }) }
}

/** Without what moves the cursor. */
function textOf(written: readonly string[]): string {
  return written.join('').replaceAll('\u001b', '')
}

describe('a session', () => {
  it('paints at once, then once a second and only what has changed', () => {
    const { written } = session()
    expect(written).toHaveLength(1)
    vi.advanceTimersByTime(5000)
    // Nothing but the age of things can have changed, which is in the first line.
    expect(written.slice(1).length).toBeLessThanOrEqual(5)
    for (const text of written.slice(1)) expect(text.startsWith('\u001b[1;1H')).toBe(true)
    expect(written.slice(1).join('')).not.toContain('\u001b[2;1H')
  })

  it('repaints on a key at once', () => {
    const { key, written } = session()
    key('2')
    expect(textOf(written.slice(1))).toContain('[graph]')
  })

  it('repaints streams four times a second while something comes', () => {
    const { key, session: own, source, written } = session()
    source.data = { ...source.data, debug: withRecords(1) }
    key('v')
    const { length } = written
    for (let i = 2; i < 6; i++) {
      source.data = { ...source.data, debug: withRecords(i) }
      own.changed()
      vi.advanceTimersByTime(250)
    }
    expect(written.length - length).toBeGreaterThanOrEqual(4)
  })

  it('paints all of it anew in another size', () => {
    const { session: own, written } = session()
    own.resize(80, 24)
    expect(written[1]).toContain('\u001b[2J')
  })

  it('says how a reload went', async () => {
    const { key, source, written } = session()
    key('r')
    key('y')
    await vi.advanceTimersByTimeAsync(0)
    expect(textOf(written)).toContain('config reloaded')
    expect(source.refresh).toHaveBeenCalled()
  })

  it('says why a reload failed', async () => {
    const { key, written } = session({
      reload: async () => {
        throw new Error('error during the initial load')
      },
    })
    key('r')
    key('y')
    await vi.advanceTimersByTimeAsync(0)
    expect(textOf(written)).toContain('error during the initial load')
  })

  it('saves records and says where', async () => {
    const { key, source, written } = session()
    source.data = { ...source.data, debug: withRecords(2) }
    key('v')
    key('s')
    await vi.advanceTimersByTimeAsync(0)
    expect(textOf(written)).toContain('saved as /tmp/alloyts-debug-')
  })

  it('quits', () => {
    const onQuit = vi.fn()
    session({ onQuit }).key('q')
    expect(onQuit).toHaveBeenCalled()
  })

  it('begins with the filter that it was given', () => {
    expect(textOf(session({ filter: 'relabel' }).written)).not.toContain('remote_write')
  })
})

function withRecords(count: number): Data['debug'] {
  const records = Array.from({ length: count }, (_, i) => ({
    component: 'x',
    atMs: nowMs,
    text: `record ${i}`,
  }))
  return { components: ['x'], records, total: count, missed: 0, error: '' }
}

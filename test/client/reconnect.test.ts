import { describe, expect, it } from 'vitest'
import { ClientError } from '../../src/client/client_error.ts'
import { reconnecting, type StreamState, sleepFor } from '../../src/client/reconnect.ts'

/** Each connection gives its records and fails, or ends where there is no reason. */
async function run(connections: readonly { records: number[]; error?: string }[]) {
  const abort = new AbortController()
  const delays: number[] = []
  const states: StreamState[] = []
  const records: number[] = []
  let opened = 0
  const stream = reconnecting<number>({
    signal: abort.signal,
    onState: (state) => states.push(state),
    sleep: async (ms) => {
      delays.push(ms)
      if (opened === connections.length) abort.abort()
    },
    async *open(_, onOpen) {
      const { error, records: own } = connections[opened++]!
      if (own.length > 0) onOpen()
      yield* own
      if (error !== undefined) throw new ClientError('unreachable', error)
    },
  })
  for await (const record of stream) records.push(record)
  return { delays, records, states }
}

describe('a stream that is kept going', () => {
  it('waits twice as long after each failure, ten seconds at most', async () => {
    const { delays } = await run(new Array(8).fill({ records: [], error: 'refused' }))
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
  })

  it('begins anew after a record', async () => {
    const { delays, records } = await run([
      { records: [], error: 'refused' },
      { records: [], error: 'refused' },
      { records: [1, 2] },
      { records: [3], error: 'reset' },
    ])
    expect(records).toEqual([1, 2, 3])
    expect(delays).toEqual([500, 1000, 500, 500])
  })

  it('tells its state and why it waits', async () => {
    const { states } = await run([{ records: [1], error: 'reset' }, { records: [] }])
    expect(states).toEqual([
      { state: 'connecting', error: '' },
      { state: 'open', error: '' },
      { state: 'waiting', error: 'reset' },
      { state: 'connecting', error: '' },
      { state: 'waiting', error: 'the connection was closed' },
    ])
  })

  it('ends while it waits', async () => {
    const abort = new AbortController()
    const stream = reconnecting<number>({
      signal: abort.signal,
      onState: ({ state }) => state === 'waiting' && abort.abort(),
      sleep: sleepFor,
      async *open() {
        yield* []
      },
    })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })
})

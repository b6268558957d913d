// Asks a route for an answer without end, and reads it as time passes.

import { textOf } from '../../src/go/text.ts'
import type { Route } from '../../src/server/route.ts'
import { type SimulatedClock, settle } from './simulated_clock.ts'

/** @param path what follows the UI's prefix, with its query. */
export async function askStream(route: Route, path: string, clock: SimulatedClock) {
  const control = new AbortController()
  const [uiPath = '', search = ''] = path.split('?')
  const answer = await route({
    request: { method: 'GET', path: `/${path}`, headers: {}, signal: control.signal },
    path: `/${uiPath}`,
    uiPath,
    search: `?${search}`,
    query: new URLSearchParams(search),
  })
  if (answer === undefined) throw new Error(`nothing answers ${path}`)
  let text = ''
  let isOver = answer.stream === undefined
  let reading = Promise.resolve()
  let resume = () => {}
  const read = async (stream: AsyncIterable<Uint8Array>) => {
    for await (const chunk of stream) {
      text += textOf(chunk)
      await reading
    }
    isOver = true
  }
  if (answer.stream !== undefined) void read(answer.stream)
  return {
    status: answer.status,
    headers: answer.headers,
    body: textOf(answer.body),
    text: () => text,
    isOver: () => isOver,
    pass: (ms: number) => clock.advance(ms),
    /** The next chunk is not read before `resume`. */
    pause: () => {
      reading = new Promise((resolve) => {
        resume = resolve
      })
    },
    resume: async () => {
      reading = Promise.resolve()
      resume()
      await settle()
    },
    end: async () => {
      control.abort()
      await settle()
    },
  }
}

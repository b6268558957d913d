// `logs`: the last lines, and with `follow=1` those that come, as lines of JSON.

import { Slice } from '../../engine/slice.ts'
import type { Clock } from '../../model/clock.ts'
import { type LogBuffer, type LogFilter, matches } from './log_buffer.ts'
import { keepAlive, untilEither } from './ndjson.ts'

export const logNames = ['level', 'component', 'tail', 'follow'] as const

/** Characters of one piece of a stream. */
const pieceLengthMax = 65_536

/** The last `count` lines that match, oldest first, each with its LF. */
export function* lastLines(buffer: LogBuffer, filter: LogFilter, count: number): Generator<string> {
  for (let at = placeOfLast(buffer, filter, count); at < buffer.end; at++) {
    if (at < buffer.first || !matches(buffer.peek(at), filter)) continue
    yield `${JSON.stringify(buffer.line(at))}\n`
  }
}

/**
 * The last `count` lines that match, then all that come, until the signal fires. Whoever takes them
 * slower than they come misses what leaves the buffer meanwhile; its next line says how many, those
 * that the filter would have left out included.
 */
export function followedLines(
  buffer: LogBuffer,
  filter: LogFilter,
  count: number,
  waiting: Waiting,
): AsyncGenerator<Uint8Array, void> {
  // Now, not when somebody begins to read.
  return linesFrom(placeOfLast(buffer, filter, count), buffer, filter, waiting)
}

interface Waiting {
  readonly clock: Clock
  readonly signal: AbortSignal
}

async function* linesFrom(
  start: number,
  buffer: LogBuffer,
  filter: LogFilter,
  { clock, signal }: Waiting,
): AsyncGenerator<Uint8Array, void> {
  let at = start
  let missed = 0
  const slice = new Slice()
  while (!signal.aborted) {
    if (at < buffer.first) {
      missed += buffer.first - at
      at = buffer.first
    }
    let piece = ''
    for (; at < buffer.end && piece.length < pieceLengthMax && !slice.due(); at++) {
      if (!matches(buffer.peek(at), filter)) continue
      const line = missed === 0 ? buffer.line(at) : { ...buffer.line(at), missed }
      missed = 0
      piece += `${JSON.stringify(line)}\n`
    }
    if (piece !== '') yield Buffer.from(piece)
    if (at < buffer.end) await slice.pause()
    else {
      const came = await untilEither(signal, clock, (wake) => buffer.onLine(wake))
      if (!came && !signal.aborted) yield keepAlive
    }
  }
}

function placeOfLast(buffer: LogBuffer, filter: LogFilter, count: number): number {
  let at = buffer.end
  for (let left = count; left > 0 && at > buffer.first; at--) {
    if (matches(buffer.peek(at - 1), filter)) left--
  }
  return at
}

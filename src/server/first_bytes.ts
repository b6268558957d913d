// Looks at what a client sends first, to tell protocols apart.

import type { Socket } from 'node:net'

/**
 * Resolves with the first bytes of a connection, at least `count`, which stay to be read; with
 * `undefined`, the connection gone, where they do not come in time.
 */
export function firstBytes(
  socket: Socket,
  count: number,
  timeoutMs: number,
): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    let seen: Buffer = Buffer.alloc(0)
    const timer = setTimeout(() => socket.destroy(), timeoutMs)
    const settle = (bytes: Buffer | undefined) => {
      clearTimeout(timer)
      socket.off('readable', look)
      socket.off('close', gone)
      socket.off('end', gone)
      resolve(bytes)
    }
    const gone = () => {
      socket.destroy()
      settle(undefined)
    }
    const look = () => {
      for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) {
        seen = Buffer.concat([seen, chunk])
      }
      if (seen.length < count) return
      socket.unshift(seen)
      settle(seen)
    }
    socket.on('readable', look)
    socket.on('close', gone)
    socket.on('end', gone)
  })
}

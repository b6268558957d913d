// The streams of the process, as commands use them.

import type { Streams } from './fmt.ts'

export const processStreams: Streams = {
  async stdin() {
    const chunks: Uint8Array[] = []
    for await (const chunk of process.stdin) chunks.push(chunk)
    return Buffer.concat(chunks)
  },
  stdout(bytes) {
    process.stdout.write(bytes)
  },
  stderr(text) {
    process.stderr.write(text)
  },
}

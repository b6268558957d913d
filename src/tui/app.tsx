// The terminal UI as a program: client, feed, session and terminal put together, with Ink reading
// the keys. Ink draws nothing: alone it would take 75 ms a frame.

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { Writable } from 'node:stream'
import { render } from 'ink'
import type { AlloyClient } from '../client/client.ts'
import { Feed } from './feed.ts'
import { Keyboard } from './keyboard.tsx'
import { Session } from './session.ts'
import { Terminal } from './terminal.ts'
import type { Theme } from './theme.ts'

export interface AppOptions {
  readonly client: AlloyClient
  readonly url: string
  readonly intervalMs: number
  readonly filter: string
  readonly theme: Theme
}

/** Resolves when the user quits or the process is told to end. */
export async function runApp({
  client,
  filter,
  intervalMs,
  theme,
  url,
}: AppOptions): Promise<void> {
  let quit = () => {}
  const over = new Promise<void>((resolve) => {
    quit = resolve
  })
  const feed = new Feed({ client, url, intervalMs, onChange: () => session.changed() })
  const terminal = new Terminal({
    onResize: (width, height) => session.resize(width, height),
    onEnd: () => quit(),
  })
  const session = new Session({
    source: feed,
    theme,
    filter,
    intervalMs,
    write: (text) => terminal.write(text),
    reload: () => client.reload(),
    save: saveLines,
    onQuit: () => quit(),
  })
  terminal.open()
  const ink = render(<Keyboard onKey={(key) => session.key(key)} />, {
    stdout: nowhere(),
    exitOnCtrlC: false,
    patchConsole: false,
  })
  const asking = feed.run()
  session.start(terminal.width, terminal.height)
  try {
    await Promise.race([over, asking])
  } finally {
    session.stop()
    feed.close()
    ink.unmount()
    terminal.close()
  }
}

/** Never over another file. */
async function saveLines(name: string, lines: readonly string[]): Promise<string> {
  const path = join(process.cwd(), name)
  await writeFile(path, `${lines.join('\n')}\n`, { flag: 'wx' })
  return path
}

/** Ink clears and moves the cursor even where it has nothing to show. */
function nowhere(): NodeJS.WriteStream {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() })
  // Of a terminal Ink reads only these two and that it is one.
  return Object.assign(stream, { columns: 80, rows: 24, isTTY: false }) as NodeJS.WriteStream
}

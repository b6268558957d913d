#!/usr/bin/env node
// Starts the program. `--version` is answered here, before anything of it loads.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)

if (args[0] === '--version' || args[0] === '-v') {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  console.log(`alloyts, version v${version} (branch: , revision: unknown)
  build user:       
  build date:       
  node version:     ${process.version}
  platform:         ${process.platform}/${process.arch}
  tags:             `)
} else {
  const { main } = await import('../dist/cli.js')
  await main(args, root)
}

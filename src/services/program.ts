// What the program says of itself to others.

import { arch, hostname, platform } from 'node:os'
import type { ProgramFacts } from '../engine/component.ts'

const deployModes = new Set(['operator', 'helm', 'docker', 'deb', 'rpm', 'brew'])

/** Facts of this process. `version` is without the `v`. */
export function programFacts(
  version: string,
  uid: string,
  environment: Readonly<Record<string, string | undefined>>,
): ProgramFacts {
  const mode = environment.ALLOY_DEPLOY_MODE ?? ''
  const deployed = deployModes.has(mode) ? mode : 'binary'
  return {
    version: `v${version}`,
    userAgent: `Alloy/v${version} (${goPlatform()}; ${deployed})`,
    uid,
    hostname: hostname(),
  }
}

/** The operating system as Go names it. */
export function goPlatform(): string {
  return platform() === 'win32' ? 'windows' : platform()
}

/** The kind of processor as Go names it. */
export function goArchitecture(): string {
  return arch() === 'x64' ? 'amd64' : arch()
}

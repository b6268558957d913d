// What the built-in program answers besides what every server does.

import type { EngineView } from '../server/engine_view.ts'
import { graphql } from '../server/graphql/graphql.ts'
import { ownApi } from '../server/own/own_api.ts'
import type { ProgramView } from '../server/own/program_view.ts'
import { pprof } from '../server/pprof/pprof.ts'
import type { Route } from '../server/route.ts'
import { cluster, type Peer } from '../server/routes/cluster.ts'
import type { BundleFacts } from '../server/support_bundle/parts.ts'
import { supportBundle } from '../server/support_bundle/support_bundle.ts'
import type { Served } from './run_program.ts'

export interface RouteParts {
  readonly engine: EngineView
  readonly program: ProgramView
  /** Where the server listens, the port filled in. */
  readonly address: string
  readonly hostname: string
  readonly serves: Served
  /** For support bundles. */
  readonly facts: BundleFacts
  /** Blots out secrets. */
  mask(text: string): string
}

/** In the order in which they are asked. */
export function builtinRoutes(parts: RouteParts): readonly Route[] {
  const { engine, facts, mask, program, serves } = parts
  const commandLine = process.argv
  const version = `v${program.info().version}`
  const hasPlayground = serves.graphqlPlayground
  return [
    ...(serves.pprof ? [pprof({ commandLine, mask })] : []),
    supportBundle({ facts, isEnabled: serves.supportBundle }),
    ...(serves.graphql ? [graphql({ engine, version, hasPlayground })] : []),
    cluster(() => [self(parts)]),
    ownApi(engine, program),
  ]
}

/** Without clustering, the address that a node tells others is the one that only it can reach. */
function self({ address, hostname }: RouteParts): Peer {
  const port = address.slice(address.lastIndexOf(':') + 1)
  return { name: hostname, addr: `127.0.0.1:${port}`, isSelf: true, state: 'participant' }
}

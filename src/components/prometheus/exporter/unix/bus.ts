// The system's bus, over which collectors ask the services of the machine.

import { DbusClient } from '../../../../net/dbus_client.ts'

export interface BusSocket {
  readonly path: string
  readonly isBus: boolean
}

/** Whoever calls it closes the connection. */
export type OpenBus = () => Promise<DbusClient>

export const systemBus: BusSocket = { path: '/run/dbus/system_bus_socket', isBus: true }

/** For all that one scrape asks. */
const timeoutMs = 5000

/** A connection to the first socket where somebody answers. Rejects where nobody does. */
export async function openBus(sockets: readonly BusSocket[]): Promise<DbusClient> {
  let problem: Error | undefined
  for (const { isBus, path } of sockets) {
    try {
      return await DbusClient.open({ path, isBus, timeoutMs })
    } catch (error) {
      problem = error as Error
    }
  }
  throw new Error(`couldn't get dbus connection: ${problem?.message ?? ''}`, { cause: problem })
}

// What systemd answers over D-Bus.
// Source: org.freedesktop.systemd1(5).

import { type DbusClient, DbusError } from '../../../../../net/dbus_client.ts'
import type { DbusValue } from '../../../../../wire/dbus/values.ts'

export interface Unit {
  /** `ssh.service`. */
  readonly name: string
  /** `loaded`, `not-found`, … */
  readonly load: string
  /** `active`, `failed`, … */
  readonly active: string
  /** What it is called on the bus. */
  readonly path: string
}

const destination = 'org.freedesktop.systemd1'
const managerPath = '/org/freedesktop/systemd1'

export type UnitInterface = 'Unit' | 'Service' | 'Timer' | 'Socket'

export class Systemd {
  readonly #client: DbusClient

  constructor(client: DbusClient) {
    this.#client = client
  }

  async units(): Promise<readonly Unit[]> {
    const [list] = await this.#client.call({
      destination,
      path: managerPath,
      interface: `${destination}.Manager`,
      member: 'ListUnits',
      signature: '',
      values: [],
    })
    // Name, description, load, active and sub state, following, path, and three of its job.
    return (list as readonly (readonly string[])[]).map((row) => {
      const [name = '', , load = '', active = '', , , path = ''] = row
      return { name, load, active, path }
    })
  }

  /** A property of systemd itself; empty where it has none of this name. */
  async text(property: string): Promise<string> {
    return String((await this.#property(managerPath, 'Manager', property)) ?? '')
  }

  /** Empty for a unit that went away meanwhile. */
  async unitText({ path }: Unit, of: UnitInterface, property: string): Promise<string> {
    return String((await this.#property(path, of, property)) ?? '')
  }

  /** Undefined for one that went away, and for what this version of systemd does not tell. */
  async unitNumber(
    { path }: Unit,
    of: UnitInterface,
    property: string,
  ): Promise<number | undefined> {
    const value = await this.#property(path, of, property)
    return value === undefined ? undefined : Number(value)
  }

  async #property(path: string, of: string, property: string): Promise<DbusValue | undefined> {
    return propertyOf(this.#client, {
      destination,
      path,
      interface: `${destination}.${of}`,
      property,
    })
  }
}

/** A property of an object on the bus; undefined where the object or the property is missing. */
export async function propertyOf(
  client: DbusClient,
  of: {
    readonly destination: string
    readonly path: string
    readonly interface: string
    readonly property: string
  },
): Promise<DbusValue | undefined> {
  const { destination, path, property } = of
  const asked = client.call({
    destination,
    path,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    signature: 'ss',
    values: [of.interface, property],
  })
  const [variant] = await asked.catch((error: unknown) => {
    if (error instanceof DbusError) return []
    throw error
  })
  return typeof variant === 'object' && 'signature' in variant ? variant.value : undefined
}

// What udev found out about a block device: `E:KEY=value` lines of its database.

import type { Host } from '../host.ts'

export type UdevProperties = ReadonlyMap<string, string>

/** Empty where udev does not know the device. */
export async function udevProperties(
  host: Host,
  major: string,
  minor: string,
): Promise<UdevProperties> {
  const properties = new Map<string, string>()
  const text = (await host.readIfAny(`${host.udevPath}/b${major}:${minor}`)) ?? ''
  for (const [, key = '', value = ''] of text.matchAll(/^E:([^=\n]+)=(.*)$/gm)) {
    properties.set(key, value)
  }
  return properties
}

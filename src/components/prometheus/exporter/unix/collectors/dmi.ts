// dmi: what the firmware says of the machine.

import { type BuildCollector, gauge, NoData } from '../collector.ts'

const family = gauge(
  'node_dmi_info',
  "A metric with a constant '1' value labeled by bios_date, bios_release, bios_vendor, " +
    'bios_version, board_asset_tag, board_name, board_serial, board_vendor, board_version, ' +
    'chassis_asset_tag, chassis_serial, chassis_vendor, chassis_version, product_family, ' +
    'product_name, product_serial, product_sku, product_uuid, product_version, system_vendor ' +
    'if provided by DMI.',
)

const files = [
  'bios_date',
  'bios_release',
  'bios_vendor',
  'bios_version',
  'board_asset_tag',
  'board_name',
  'board_serial',
  'board_vendor',
  'board_version',
  'chassis_asset_tag',
  'chassis_serial',
  'chassis_vendor',
  'chassis_version',
  'product_family',
  'product_name',
  'product_serial',
  'product_sku',
  'product_uuid',
  'product_version',
  'sys_vendor',
]

export const dmi: BuildCollector = async ({ host, logger }) => {
  // The firmware does not change while the machine runs.
  const labels: Record<string, string> = {}
  for (const file of files) {
    const value = await host.attribute(host.sys(`class/dmi/id/${file}`))
    // Serial numbers are for root only; what is not told is no label.
    if (value !== undefined) labels[file === 'sys_vendor' ? 'system_vendor' : file] = legible(value)
  }
  const isThere = Object.keys(labels).length > 0
  if (!isThere) logger.log('debug', 'Platform does not support Desktop Management Interface (DMI)')
  return {
    name: 'dmi',
    async collect(page) {
      if (!isThere) throw new NoData()
      page.add(family, 1, labels)
    },
  }
}

/** Firmware writes what it likes; labels are UTF-8. */
function legible(value: string): string {
  return value.toWellFormed()
}

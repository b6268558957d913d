// edac: errors of memory that the controllers found, those that they could correct and others.

import type {
  FamilySpec,
  MetricPage,
  PageLabels,
} from '../../../../../wire/exposition/metric_page.ts'
import { type BuildCollector, counter } from '../collector.ts'
import type { Host } from '../host.ts'
import { numberOf } from '../proc_text.ts'

interface Pair {
  readonly ce: FamilySpec
  readonly ue: FamilySpec
}

const controllerErrors: Pair = {
  ce: counter('node_edac_correctable_errors_total', 'Total correctable memory errors.'),
  ue: counter('node_edac_uncorrectable_errors_total', 'Total uncorrectable memory errors.'),
}
const csrowErrors: Pair = {
  ce: counter(
    'node_edac_csrow_correctable_errors_total',
    'Total correctable memory errors for this csrow.',
  ),
  ue: counter(
    'node_edac_csrow_uncorrectable_errors_total',
    'Total uncorrectable memory errors for this csrow.',
  ),
}
const channelErrors: Pair = {
  ce: counter(
    'node_edac_channel_correctable_errors_total',
    'Total correctable memory errors for this channel.',
  ),
  ue: counter(
    'node_edac_channel_uncorrectable_errors_total',
    'Total uncorrectable memory errors for this channel.',
  ),
}

export const edac: BuildCollector = ({ host }) => ({
  name: 'edac',
  async collect(page) {
    const directory = host.sys('devices/system/edac/mc')
    for (const entry of await host.listIfAny(directory)) {
      const controller = /^mc(\d+)$/.exec(entry)?.[1]
      if (controller === undefined) continue
      const path = `${directory}/${entry}`
      const unknown = { controller, csrow: 'unknown' }
      page.add(controllerErrors.ce, await count(host, `${path}/ce_count`), { controller })
      page.add(csrowErrors.ce, await count(host, `${path}/ce_noinfo_count`), unknown)
      page.add(controllerErrors.ue, await count(host, `${path}/ue_count`), { controller })
      page.add(csrowErrors.ue, await count(host, `${path}/ue_noinfo_count`), unknown)
      for (const name of await host.list(path)) {
        const csrow = /^csrow(\d+)$/.exec(name)?.[1]
        if (csrow !== undefined) await addRow(page, host, `${path}/${name}`, { controller, csrow })
      }
    }
  },
})

async function addRow(
  page: MetricPage,
  host: Host,
  path: string,
  labels: PageLabels,
): Promise<void> {
  page.add(csrowErrors.ce, await count(host, `${path}/ce_count`), labels)
  page.add(csrowErrors.ue, await count(host, `${path}/ue_count`), labels)
  for (const name of await host.list(path)) {
    const [, channel, kind] = /^ch(\d+)_(ce|ue)_count$/.exec(name) ?? []
    if (channel === undefined || (kind !== 'ce' && kind !== 'ue')) continue
    const label = await host.attribute(`${path}/ch${channel}_dimm_label`)
    const dimm_label = label === undefined ? 'unknown' : spacedLabel(label)
    page.add(channelErrors[kind], await count(host, `${path}/${name}`), {
      ...labels,
      channel,
      dimm_label,
    })
  }
}

/** The kernel's own name of a place, `mc#0csrow#1channel#0`, as `mc0_csrow1_channel0`. */
function spacedLabel(label: string): string {
  return label.replace(/^mc#?(\d+)csrow#?(\d+)channel#?(\d+)$/, 'mc$1_csrow$2_channel$3')
}

async function count(host: Host, path: string): Promise<number> {
  return numberOf((await host.read(path)).trim())
}

// drm: graphics cards of AMD.

import { type BuildCollector, gauge } from '../collector.ts'
import { optionalNumber } from '../proc_text.ts'

const info = gauge('node_drm_card_info', 'Card information')

/** By the file. */
const measures = {
  gpu_busy_percent: gauge('node_drm_gpu_busy_percent', 'How busy the GPU is as a percentage.'),
  mem_info_gtt_total: gauge(
    'node_drm_memory_gtt_size_bytes',
    'The size of the graphics translation table (GTT) block in bytes.',
  ),
  mem_info_gtt_used: gauge(
    'node_drm_memory_gtt_used_bytes',
    'The used amount of the graphics translation table (GTT) block in bytes.',
  ),
  mem_info_vis_vram_total: gauge(
    'node_drm_memory_vis_vram_size_bytes',
    'The size of visible VRAM in bytes.',
  ),
  mem_info_vis_vram_used: gauge(
    'node_drm_memory_vis_vram_used_bytes',
    'The used amount of visible VRAM in bytes.',
  ),
  mem_info_vram_total: gauge('node_drm_memory_vram_size_bytes', 'The size of VRAM in bytes.'),
  mem_info_vram_used: gauge('node_drm_memory_vram_used_bytes', 'The used amount of VRAM in bytes.'),
}

export const drm: BuildCollector = ({ host }) => ({
  name: 'drm',
  async collect(page) {
    const directory = host.sys('class/drm')
    for (const card of await host.listIfAny(directory)) {
      if (!/^card\d+$/.test(card)) continue
      const device = `${directory}/${card}/device`
      const text = async (file: string) => (await host.attribute(`${device}/${file}`)) ?? ''
      if (!/^DRIVER=amdgpu$/m.test(await text('uevent'))) continue
      page.add(info, 1, {
        card,
        memory_vendor: await text('mem_info_vram_vendor'),
        power_performance_level: await text('power_dpm_force_performance_level'),
        unique_id: await text('unique_id'),
        vendor: 'amd',
      })
      for (const [file, family] of Object.entries(measures)) {
        page.add(family, optionalNumber(await text(file)) ?? 0, { card })
      }
    }
  },
})

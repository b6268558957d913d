import { expect, it } from 'vitest'
import { drm } from '../../../../../../src/components/prometheus/exporter/unix/collectors/drm.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives cards of AMD only', async () => {
  const tree = {
    'sys/class/drm/card0/device/uevent': 'DRIVER=amdgpu\nPCI_CLASS=30000\n',
    'sys/class/drm/card0/device/gpu_busy_percent': '42\n',
    'sys/class/drm/card0/device/mem_info_vram_vendor': 'samsung\n',
    'sys/class/drm/card0/device/unique_id': '0123\n',
    'sys/class/drm/card0-DP-1/status': 'connected\n',
    'sys/class/drm/card1/device/uevent': 'DRIVER=i915\n',
  }
  const samples = await samplesOf(drm, tree)
  expect(samples.slice(0, 3)).toEqual([
    'node_drm_card_info{card="card0",memory_vendor="samsung",power_performance_level="",unique_id="0123",vendor="amd"} 1',
    'node_drm_gpu_busy_percent{card="card0"} 42',
    'node_drm_memory_gtt_size_bytes{card="card0"} 0',
  ])
  expect(samples).toHaveLength(8)
})

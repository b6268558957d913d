import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runit } from '../../../../../../src/components/prometheus/exporter/unix/collectors/runit.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

/** As runsv writes it. */
function statusOf(unixSeconds: number, { state, wanted }: { state: number; wanted: string }) {
  const status = Buffer.alloc(20)
  status.writeBigUInt64BE((1n << 62n) + 10n + BigInt(unixSeconds))
  status.writeUInt32LE(4711, 12)
  status.write(wanted, 17)
  status[19] = state
  return status
}

it('reads the state of each service', async () => {
  const root = await mkdtemp(join(tmpdir(), 'runit-'))
  try {
    for (const service of ['up', 'down', 'broken']) {
      await mkdir(join(root, service, 'supervise'), { recursive: true })
    }
    await writeFile(join(root, 'up/supervise/status'), statusOf(1e9, { state: 1, wanted: 'u' }))
    await writeFile(join(root, 'down/supervise/status'), statusOf(2e9, { state: 0, wanted: 'd' }))
    await writeFile(join(root, 'down/down'), '')
    await writeFile(join(root, 'broken/supervise/status'), 'short')
    const args = `runit { service_dir = ${JSON.stringify(root)} }`
    const samples = await samplesOf(runit, {}, { args })
    expect(samples.map((line) => line.replace(',supervisor="runit"', ''))).toEqual([
      'node_service_desired_state{service="down"} 0',
      'node_service_desired_state{service="up"} 1',
      'node_service_normal_state{service="down"} 0',
      'node_service_normal_state{service="up"} 1',
      'node_service_state{service="down"} 0',
      'node_service_state{service="up"} 1',
      'node_service_state_last_change_timestamp_seconds{service="down"} 2e+09',
      'node_service_state_last_change_timestamp_seconds{service="up"} 1e+09',
    ])
  } finally {
    await rm(root, { recursive: true })
  }
})

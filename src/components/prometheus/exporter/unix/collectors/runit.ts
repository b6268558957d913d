// runit: services that runit supervises.
// Source of the format: the status file of runsv, 20 bytes:
//
//   0   8  time of the last change, TAI64
//   8   4  nanoseconds
//  12   4  process id, lowest byte first
//  16   1  whether it is paused
//  17   1  `u` or `d`: whether it is wanted up or down
//  18   1  whether it was told to end
//  19   1  0 down, 1 running, 2 finishing

import { open } from 'node:fs/promises'
import { type BuildCollector, gauge } from '../collector.ts'

const state = gauge('node_service_state', 'State of runit service.')
const desired = gauge('node_service_desired_state', 'Desired state of runit service.')
const normal = gauge('node_service_normal_state', 'Normal state of runit service.')
const lastChange = gauge(
  'node_service_state_last_change_timestamp_seconds',
  'Unix timestamp of the last runit service state change.',
)

const statusBytes = 20
/** What TAI64 adds to seconds since 1970, with the ten leap seconds before 1972. */
const taiOffsetSeconds = (1n << 62n) + 10n
const up = 'u'.charCodeAt(0)

export const runit: BuildCollector = ({ args, host, logger }) => ({
  name: 'runit',
  async collect(page) {
    const root = args.runit.service_dir
    for (const service of await host.list(root)) {
      const path = `${root}/${service}`
      const status = await readStatus(`${path}/supervise/status`).catch((error: Error) => {
        logger.log('debug', "Couldn't get status", { service, err: error })
        return undefined
      })
      if (status === undefined) continue
      const labels = { service, supervisor: 'runit' }
      const isDownByDefault = (await host.readIfAny(`${path}/down`)) !== undefined
      page.add(state, status[19]!, labels)
      page.add(desired, status[17] === up ? 1 : 0, labels)
      page.add(normal, isDownByDefault ? 0 : 1, labels)
      page.add(lastChange, Number(status.readBigUInt64BE(0) - taiOffsetSeconds), labels)
    }
  },
})

async function readStatus(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(statusBytes), 0, statusBytes, 0)
    if (bytesRead !== statusBytes) throw new Error(`${path} has ${bytesRead} bytes`)
    return buffer
  } finally {
    await file.close()
  }
}

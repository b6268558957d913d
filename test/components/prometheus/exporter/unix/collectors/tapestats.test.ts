import { expect, it } from 'vitest'
import { tapestats } from '../../../../../../src/components/prometheus/exporter/unix/collectors/tapestats.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const drive = (name: string) => ({
  [`sys/class/scsi_tape/${name}/stats/in_flight`]: '1\n',
  [`sys/class/scsi_tape/${name}/stats/io_ns`]: '9247011087720\n',
  [`sys/class/scsi_tape/${name}/stats/write_cnt`]: '53772916\n',
})

it('takes each drive once', async () => {
  const tree = { ...drive('st0'), ...drive('nst0'), ...drive('st0a'), ...drive('st1') }
  const args = 'tapestats { ignored_devices = "1$" }'
  expect(await samplesOf(tapestats, tree, { args })).toEqual([
    'node_tape_io_now{device="st0"} 1',
    'node_tape_io_time_seconds_total{device="st0"} 9247.01108772',
    'node_tape_writes_completed_total{device="st0"} 5.3772916e+07',
  ])
})

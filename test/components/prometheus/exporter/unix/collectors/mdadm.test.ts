import { expect, it } from 'vitest'
import { mdadm } from '../../../../../../src/components/prometheus/exporter/unix/collectors/mdadm.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const personalities = 'Personalities : [raid1] [raid6]\n'

it.each([
  [
    'one that works',
    'active raid1 sdi2[0] sdj2[1]\n      312319552 blocks [2/2] [UU]\n',
    { state: 'active', active: 2, failed: 0, spare: 0, required: 2, blocks: 312319552 },
  ],
  [
    'one that is read only',
    'active (auto-read-only) raid0 sdb[2] sdd[1]\n      322560 blocks super 1.2 512k chunks\n',
    { state: 'active', active: 2, failed: 0, spare: 0, required: 2, blocks: 322560 },
  ],
  [
    'one that is off',
    'inactive sdb[2](S) sdc[1](S)\n        7932 blocks super external:imsm\n',
    { state: 'inactive', active: 0, failed: 0, spare: 2, required: 0, blocks: 7932 },
  ],
  [
    'one that recovers',
    'active raid1 sdb2[2](F) sdc[1](S) sda2[0]\n      195310144 blocks [2/1] [U_]\n      [=>...................]  recovery =  8.5% (16775552/195310144) finish=17.0min speed=259783K/sec\n',
    {
      state: 'recovering',
      active: 1,
      failed: 1,
      spare: 1,
      required: 2,
      blocks: 195310144,
      synced: 16775552,
    },
  ],
  [
    'one that is checked',
    'active raid1 sda3[0] sdb3[1]\n      100 blocks super 1.2 [2/2] [UU]\n      [=>..]  check =  5.7% (57/100) finish=0.2min speed=1K/sec\n      bitmap: 0/30 pages [0KB], 65536KB chunk\n',
    { state: 'check', active: 2, failed: 0, spare: 0, required: 2, blocks: 100, synced: 57 },
  ],
  [
    'one that waits to be synced',
    'active raid1 sdc2[1] sda2[0]\n      523968 blocks super 1.2 [2/2] [UU]\n      resync=DELAYED\n',
    { state: 'resync', active: 2, failed: 0, spare: 0, required: 2, blocks: 523968, synced: 0 },
  ],
])('reads %s', async (_, text, expected) => {
  const tree = { 'proc/mdstat': `${personalities}\nmd0 : ${text}\nunused devices: <none>\n` }
  const samples = new Map(
    (await samplesOf(mdadm, tree)).map((line) => line.split(' ') as [string, string]),
  )
  const value = (name: string) => Number(samples.get(`node_md_${name}`))
  const { active, blocks, failed, required, spare, state } = expected
  expect({
    state: ['active', 'inactive', 'recovering', 'resync', 'check'].filter(
      (each) => value(`state{device="md0",state="${each}"}`) === 1,
    ),
    active: value('disks{device="md0",state="active"}'),
    failed: value('disks{device="md0",state="failed"}'),
    spare: value('disks{device="md0",state="spare"}'),
    required: value('disks_required{device="md0"}'),
    blocks: value('blocks{device="md0"}'),
    synced: value('blocks_synced{device="md0"}'),
  }).toEqual({
    ...{ active, blocks, failed, required, spare },
    state: [state],
    synced: 'synced' in expected ? expected.synced : blocks,
  })
})

it('tells what the kernel itself counts', async () => {
  const tree = {
    'proc/mdstat': personalities,
    'sys/block/md5/md/raid_disks': '3\n',
    'sys/block/md5/md/degraded': '1\n',
    'sys/block/md0/md/raid_disks': '2\n',
    'sys/block/sda/size': '1\n',
  }
  expect(await samplesOf(mdadm, tree)).toEqual([
    'node_md_degraded{device="md0"} 0',
    'node_md_degraded{device="md5"} 1',
    'node_md_raid_disks{device="md0"} 2',
    'node_md_raid_disks{device="md5"} 3',
  ])
})

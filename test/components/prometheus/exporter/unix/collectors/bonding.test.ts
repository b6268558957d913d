import { expect, it } from 'vitest'
import { bonding } from '../../../../../../src/components/prometheus/exporter/unix/collectors/bonding.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('tells configured from active devices, whatever the kernel calls the links', async () => {
  const tree = {
    'sys/class/net/bonding_masters': 'bond0 dmz\n',
    'sys/class/net/bond0/bonding/slaves': '\n',
    'sys/class/net/dmz/bonding/slaves': 'eth0 eth1 eth2\n',
    'sys/class/net/dmz/slave_eth0/bonding_slave/mii_status': 'up\n',
    'sys/class/net/dmz/lower_eth1/bonding_slave/mii_status': 'down\n',
  }
  expect(await samplesOf(bonding, tree)).toEqual([
    'node_bonding_active{master="bond0"} 0',
    'node_bonding_active{master="dmz"} 1',
    'node_bonding_slaves{master="bond0"} 0',
    'node_bonding_slaves{master="dmz"} 3',
  ])
})

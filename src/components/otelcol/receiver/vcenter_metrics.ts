// otelcol.receiver.vcenter: which metrics it reports, and with which resource attributes.

import { bool } from '../../../schema/scalars.ts'
import { defaultedBlock, required, schema } from '../../../schema/schema.ts'

const metricOn = schema(
  { enabled: required(bool, 'Whether it is reported.', { default: true }) },
  { defaultsFrom: 'parent' },
)
const metricOff = schema({ enabled: required(bool, 'Whether it is reported.') })

export const vcenterMetrics = schema({
  'vcenter.cluster.cpu.effective': defaultedBlock(
    metricOn,
    'Computing power of the cluster, without hosts in maintenance, in MHz.',
  ),
  'vcenter.cluster.cpu.limit': defaultedBlock(metricOn, 'Computing power of the cluster, in MHz.'),
  'vcenter.cluster.host.count': defaultedBlock(
    metricOn,
    'Hosts of the cluster, by whether they are effective.',
  ),
  'vcenter.cluster.memory.effective': defaultedBlock(
    metricOn,
    'Memory of the cluster, without hosts in maintenance, in bytes.',
  ),
  'vcenter.cluster.memory.limit': defaultedBlock(metricOn, 'Memory of the cluster, in bytes.'),
  'vcenter.cluster.vm.count': defaultedBlock(
    metricOn,
    'Virtual machines of the cluster, by their power state.',
  ),
  'vcenter.cluster.vm_template.count': defaultedBlock(
    metricOn,
    'Templates of virtual machines of the cluster.',
  ),
  'vcenter.cluster.vsan.congestions': defaultedBlock(
    metricOn,
    'Congestions of the vSAN of the cluster.',
  ),
  'vcenter.cluster.vsan.latency.avg': defaultedBlock(
    metricOn,
    'Mean latency of the vSAN of the cluster, in µs, by operation.',
  ),
  'vcenter.cluster.vsan.operations': defaultedBlock(
    metricOn,
    'Operations of the vSAN of the cluster per second.',
  ),
  'vcenter.cluster.vsan.throughput': defaultedBlock(
    metricOn,
    'Bytes per second of the vSAN of the cluster, by direction.',
  ),
  'vcenter.datacenter.cluster.count': defaultedBlock(
    metricOn,
    'Clusters of the datacenter, by their status.',
  ),
  'vcenter.datacenter.cpu.limit': defaultedBlock(
    metricOn,
    'Computing power of the datacenter, in MHz.',
  ),
  'vcenter.datacenter.datastore.count': defaultedBlock(metricOn, 'Datastores of the datacenter.'),
  'vcenter.datacenter.disk.space': defaultedBlock(
    metricOn,
    'Disk space of the datacenter in bytes, used and available.',
  ),
  'vcenter.datacenter.host.count': defaultedBlock(
    metricOn,
    'Hosts of the datacenter, by status and power state.',
  ),
  'vcenter.datacenter.memory.limit': defaultedBlock(
    metricOn,
    'Memory of the datacenter, in bytes.',
  ),
  'vcenter.datacenter.vm.count': defaultedBlock(
    metricOn,
    'Virtual machines of the datacenter, by status and power state.',
  ),
  'vcenter.datastore.disk.usage': defaultedBlock(
    metricOn,
    'Space of the datastore in bytes, used and available.',
  ),
  'vcenter.datastore.disk.utilization': defaultedBlock(
    metricOn,
    'Share of the space of the datastore that is used, in percent.',
  ),
  'vcenter.host.cpu.capacity': defaultedBlock(metricOn, 'Computing power of the host, in MHz.'),
  'vcenter.host.cpu.reserved': defaultedBlock(
    metricOn,
    'Computing power of the host that virtual machines may reserve, in MHz.',
  ),
  'vcenter.host.cpu.usage': defaultedBlock(metricOn, 'Computing power of the host in use, in MHz.'),
  'vcenter.host.cpu.utilization': defaultedBlock(
    metricOn,
    'Share of the computing power of the host in use, in percent.',
  ),
  'vcenter.host.disk.latency.avg': defaultedBlock(
    metricOn,
    'Mean latency of the disks of the host, in ms.',
  ),
  'vcenter.host.disk.latency.max': defaultedBlock(
    metricOn,
    'Highest latency of the disks of the host, in ms.',
  ),
  'vcenter.host.disk.throughput': defaultedBlock(
    metricOn,
    'KiB per second that the host reads from and writes to its disks.',
  ),
  'vcenter.host.memory.capacity': defaultedBlock(metricOff, 'Memory of the host, in MB.'),
  'vcenter.host.memory.usage': defaultedBlock(metricOn, 'Memory of the host in use, in MB.'),
  'vcenter.host.memory.utilization': defaultedBlock(
    metricOn,
    'Share of the memory of the host in use, in percent.',
  ),
  'vcenter.host.network.packet.rate': defaultedBlock(
    metricOn,
    'Packets per second of each network interface of the host.',
  ),
  'vcenter.host.network.packet.error.rate': defaultedBlock(
    metricOn,
    'Packets with errors per second of the interfaces of the host.',
  ),
  'vcenter.host.network.packet.drop.rate': defaultedBlock(
    metricOn,
    'Packets dropped per second by the interfaces of the host.',
  ),
  'vcenter.host.network.throughput': defaultedBlock(
    metricOn,
    'KiB per second that the host sends and receives.',
  ),
  'vcenter.host.network.usage': defaultedBlock(
    metricOn,
    'KiB per second of all network interfaces of the host.',
  ),
  'vcenter.host.vsan.cache.hit_rate': defaultedBlock(
    metricOn,
    'Share of reads that the vSAN cache of the host answers, in percent.',
  ),
  'vcenter.host.vsan.congestions': defaultedBlock(metricOn, 'Congestions of the vSAN of the host.'),
  'vcenter.host.vsan.latency.avg': defaultedBlock(
    metricOn,
    'Mean latency of the vSAN of the host, in µs, by operation.',
  ),
  'vcenter.host.vsan.operations': defaultedBlock(
    metricOn,
    'Operations of the vSAN of the host per second.',
  ),
  'vcenter.host.vsan.throughput': defaultedBlock(
    metricOn,
    'Bytes per second of the vSAN of the host, by direction.',
  ),
  'vcenter.resource_pool.cpu.shares': defaultedBlock(
    metricOn,
    'Shares of computing power of the resource pool.',
  ),
  'vcenter.resource_pool.cpu.usage': defaultedBlock(
    metricOn,
    'Computing power that the resource pool uses, in MHz.',
  ),
  'vcenter.resource_pool.memory.ballooned': defaultedBlock(
    metricOn,
    'Memory taken back from virtual machines of the pool, in MB.',
  ),
  'vcenter.resource_pool.memory.granted': defaultedBlock(
    metricOn,
    'Memory that virtual machines of the pool were given, in MB.',
  ),
  'vcenter.resource_pool.memory.shares': defaultedBlock(
    metricOn,
    'Shares of memory of the resource pool.',
  ),
  'vcenter.resource_pool.memory.swapped': defaultedBlock(
    metricOn,
    'Memory of virtual machines of the pool that is swapped out, in MB.',
  ),
  'vcenter.resource_pool.memory.usage': defaultedBlock(
    metricOn,
    'Memory that the resource pool uses, in MB.',
  ),
  'vcenter.vm.cpu.readiness': defaultedBlock(
    metricOn,
    'Share of time for which the machine waited for a processor, in percent.',
  ),
  'vcenter.vm.cpu.time': defaultedBlock(
    metricOff,
    'Share of time that the machine spent idle, ready or waiting, in percent.',
  ),
  'vcenter.vm.cpu.usage': defaultedBlock(
    metricOn,
    'Computing power that the machine uses, in MHz.',
  ),
  'vcenter.vm.cpu.utilization': defaultedBlock(
    metricOn,
    'Share of its computing power that the machine uses, in percent.',
  ),
  'vcenter.vm.disk.latency.avg': defaultedBlock(
    metricOn,
    'Mean latency of the disks of the machine, in ms.',
  ),
  'vcenter.vm.disk.latency.max': defaultedBlock(
    metricOn,
    'Highest latency of the disks of the machine, in ms.',
  ),
  'vcenter.vm.disk.throughput': defaultedBlock(
    metricOn,
    'KiB per second that the machine reads from and writes to its disks.',
  ),
  'vcenter.vm.disk.usage': defaultedBlock(
    metricOn,
    'Space of the disks of the machine in bytes, used and available.',
  ),
  'vcenter.vm.disk.utilization': defaultedBlock(
    metricOn,
    'Share of its disk space that the machine uses, in percent.',
  ),
  'vcenter.vm.memory.ballooned': defaultedBlock(
    metricOn,
    'Memory taken back from the machine, in MB.',
  ),
  'vcenter.vm.memory.granted': defaultedBlock(
    metricOff,
    'Memory that the machine was given, in MB.',
  ),
  'vcenter.vm.memory.swapped': defaultedBlock(
    metricOn,
    'Memory of the machine that is swapped out, in MB.',
  ),
  'vcenter.vm.memory.swapped_ssd': defaultedBlock(
    metricOn,
    'Memory of the machine that is swapped out to an SSD, in KB.',
  ),
  'vcenter.vm.memory.usage': defaultedBlock(metricOn, 'Memory that the machine uses, in MB.'),
  'vcenter.vm.memory.utilization': defaultedBlock(
    metricOn,
    'Share of its memory that the machine uses, in percent.',
  ),
  'vcenter.vm.network.broadcast.packet.rate': defaultedBlock(
    metricOff,
    'Broadcast packets per second of the machine.',
  ),
  'vcenter.vm.network.multicast.packet.rate': defaultedBlock(
    metricOff,
    'Multicast packets per second of the machine.',
  ),
  'vcenter.vm.network.packet.rate': defaultedBlock(
    metricOn,
    'Packets per second of each network interface of the machine.',
  ),
  'vcenter.vm.network.packet.drop.rate': defaultedBlock(
    metricOn,
    'Packets dropped per second by the interfaces of the machine.',
  ),
  'vcenter.vm.network.throughput': defaultedBlock(
    metricOn,
    'Bytes per second that the machine sends and receives.',
  ),
  'vcenter.vm.network.usage': defaultedBlock(
    metricOn,
    'KiB per second of all network interfaces of the machine.',
  ),
  'vcenter.vm.vsan.latency.avg': defaultedBlock(
    metricOn,
    'Mean latency of the vSAN for the machine, in µs, by operation.',
  ),
  'vcenter.vm.vsan.operations': defaultedBlock(
    metricOn,
    'Operations of the machine on the vSAN per second.',
  ),
  'vcenter.vm.vsan.throughput': defaultedBlock(
    metricOn,
    'Bytes per second of the machine on the vSAN, by direction.',
  ),
})

const attribute = schema(
  { enabled: required(bool, 'Whether the attribute is set.', { default: true }) },
  { defaultsFrom: 'parent' },
)

export const vcenterAttributes = schema({
  'vcenter.datacenter.name': defaultedBlock(attribute, 'Name of the datacenter.'),
  'vcenter.cluster.name': defaultedBlock(attribute, 'Name of the cluster.'),
  'vcenter.datastore.name': defaultedBlock(attribute, 'Name of the datastore.'),
  'vcenter.host.name': defaultedBlock(attribute, 'Name of the host.'),
  'vcenter.resource_pool.inventory_path': defaultedBlock(
    attribute,
    'Path of the resource pool in the inventory.',
  ),
  'vcenter.resource_pool.name': defaultedBlock(attribute, 'Name of the resource pool.'),
  'vcenter.virtual_app.inventory_path': defaultedBlock(
    attribute,
    'Path of the vApp in the inventory.',
  ),
  'vcenter.virtual_app.name': defaultedBlock(attribute, 'Name of the vApp.'),
  'vcenter.vm.id': defaultedBlock(attribute, 'UUID of the virtual machine.'),
  'vcenter.vm.name': defaultedBlock(attribute, 'Name of the virtual machine.'),
  'vcenter.vm_template.id': defaultedBlock(attribute, 'UUID of the template.'),
  'vcenter.vm_template.name': defaultedBlock(attribute, 'Name of the template.'),
})

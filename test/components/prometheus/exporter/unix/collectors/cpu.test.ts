import { expect, it } from 'vitest'
import { cpu } from '../../../../../../src/components/prometheus/exporter/unix/collectors/cpu.ts'
import { pagesOf, samplesOf } from '../../../../../support/unix_tree.ts'

const stat = 'cpu  1 2 3 4\ncpu0 100 200 300 400 500 600 700 800 90 10\ncpu1 1 0 0 0\nintr 5\n'
const cpuinfo = [
  'processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Some CPU @ 1.90GHz\ncpu MHz\t\t: 799.998\nphysical id\t: 0\ncore id\t\t: 3\nflags\t\t: fpu aes avx2 aes\nbugs\t\t: mds l1tf\n',
  'processor\t: 1\ncore id\t\t: 4\nflags\t\t: sse\n',
  'Hardware\t: a board\n',
].join('\n')

it('gives seconds of every mode, 0 where an older kernel has no column', async () => {
  const samples = await samplesOf(cpu, { 'proc/stat': stat })
  expect(samples.slice(0, 9)).toEqual([
    'node_cpu_seconds_total{cpu="0",mode="idle"} 4',
    'node_cpu_seconds_total{cpu="0",mode="iowait"} 5',
    'node_cpu_seconds_total{cpu="0",mode="irq"} 6',
    'node_cpu_seconds_total{cpu="0",mode="nice"} 2',
    'node_cpu_seconds_total{cpu="0",mode="softirq"} 7',
    'node_cpu_seconds_total{cpu="0",mode="steal"} 8',
    'node_cpu_seconds_total{cpu="0",mode="system"} 3',
    'node_cpu_seconds_total{cpu="0",mode="user"} 1',
    'node_cpu_seconds_total{cpu="1",mode="idle"} 0',
  ])
  expect(samples).toHaveLength(16)
})

it('gives guests on request', async () => {
  const samples = await samplesOf(cpu, { 'proc/stat': stat }, { args: 'cpu {\n guest = true\n}' })
  expect(samples.filter((line) => line.includes('guest') && line.includes('"0"'))).toEqual([
    'node_cpu_guest_seconds_total{cpu="0",mode="nice"} 0.1',
    'node_cpu_guest_seconds_total{cpu="0",mode="user"} 0.9',
  ])
})

it('counts throttles once per core and per package', async () => {
  const tree: Record<string, string> = { 'proc/stat': stat }
  for (const [name, core, cores, packages] of [
    ['cpu0', '0', '5', '30'],
    ['cpu1', '1', '0', '30'],
    ['cpu2', '0', '5', '30'],
  ]) {
    const path = `sys/devices/system/cpu/${name}`
    tree[`${path}/topology/physical_package_id`] = '0\n'
    tree[`${path}/topology/core_id`] = `${core}\n`
    tree[`${path}/thermal_throttle/core_throttle_count`] = `${cores}\n`
    tree[`${path}/thermal_throttle/package_throttle_count`] = `${packages}\n`
  }
  const samples = await samplesOf(cpu, tree)
  expect(samples.filter((line) => line.includes('throttles'))).toEqual([
    'node_cpu_core_throttles_total{core="0",package="0"} 5',
    'node_cpu_core_throttles_total{core="1",package="0"} 0',
    'node_cpu_package_throttles_total{package="0"} 30',
  ])
})

it('lists isolated CPUs', async () => {
  const tree = { 'proc/stat': '', 'sys/devices/system/cpu/isolated': '1,3-4\n' }
  expect(await samplesOf(cpu, tree)).toEqual([
    'node_cpu_isolated{cpu="1"} 1',
    'node_cpu_isolated{cpu="3"} 1',
    'node_cpu_isolated{cpu="4"} 1',
  ])
})

it.each([
  ['nothing unasked', '', []],
  [
    'what each CPU is',
    'info = true',
    [
      'node_cpu_frequency_hertz{core="3",cpu="0",package="0"} 7.99998e+08',
      'node_cpu_info{cachesize="",core="3",cpu="0",family="",microcode="",model="",model_name="Some CPU @ 1.90GHz",package="0",stepping="",vendor="GenuineIntel"} 1',
      'node_cpu_info{cachesize="",core="4",cpu="1",family="",microcode="",model="",model_name="",package="",stepping="",vendor=""} 1',
    ],
  ],
])('gives %s', async (_, block, expected) => {
  const tree = { 'proc/stat': '', 'proc/cpuinfo': cpuinfo }
  expect(await samplesOf(cpu, tree, { args: `cpu {\n${block}\n}` })).toEqual(expected)
})

it('gives flags and bugs of the first CPU that the patterns take', async () => {
  const tree = { 'proc/stat': '', 'proc/cpuinfo': cpuinfo }
  const args = 'cpu {\n flags_include = "^(aes|avx.?)$"\n bugs_include = "^mds$"\n}'
  const samples = await samplesOf(cpu, tree, { args })
  expect(samples.filter((line) => /bug|flag/.test(line))).toEqual([
    'node_cpu_bug_info{bug="mds"} 1',
    'node_cpu_flag_info{flag="aes"} 1',
    'node_cpu_flag_info{flag="avx2"} 1',
  ])
})

it('leaves the frequency to cpufreq where the kernel measures it', async () => {
  const tree = {
    'proc/stat': '',
    'proc/cpuinfo': cpuinfo,
    'sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_cur_freq': '800000\n',
  }
  const samples = await samplesOf(cpu, tree, { args: 'cpu {\n info = true\n}' })
  expect(samples.filter((line) => line.includes('frequency'))).toEqual([])
})

it('refuses a pattern that is none', async () => {
  const samples = samplesOf(cpu, {}, { args: 'cpu {\n flags_include = "(a"\n}' })
  await expect(samples).rejects.toThrow(
    'fail to compile --collector.cpu.info.flags-include and --collector.cpu.info.bugs-include, the values of them must be regular expressions: error parsing regexp: missing closing ): `(a`',
  )
})

it.each([
  ['keeps what goes back by a little', 'cpu0 9 0 0 390 0\n', ['idle"} 4', 'user"} 0.1']],
  ['starts anew with a CPU that came back', 'cpu0 1 0 0 90 0\n', ['idle"} 0.9', 'user"} 0.01']],
])('%s', async (_, later, expected) => {
  const trees = [{ 'proc/stat': 'cpu0 10 0 0 400 0\n' }, { 'proc/stat': later }]
  const page = (await pagesOf(cpu, trees))[1] ?? ''
  const samples = page.split('\n').filter((line) => /^node_cpu_seconds.*(idle|user)/.test(line))
  expect(samples).toEqual(expected.map((end) => `node_cpu_seconds_total{cpu="0",mode="${end}`))
})

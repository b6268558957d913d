import { expect, it } from 'vitest'
import { os } from '../../../../../../src/components/prometheus/exporter/unix/collectors/os.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

const debian = [
  'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"',
  "NAME='Debian GNU/Linux'",
  'VERSION_ID=12.5.1',
  'ID=debian',
  'ID_LIKE="a \\"b\\" \\$c"',
  '# VARIANT=x',
  'HOME_URL="https://www.debian.org/"',
  '',
].join('\n')

it('reads what a shell would read', async () => {
  expect(await samplesOf(os, { 'etc/os-release': debian, 'usr/lib/os-release': 'ID=x\n' })).toEqual(
    [
      'node_os_info{build_id="",id="debian",id_like="a \\"b\\" $c",image_id="",image_version="",name="Debian GNU/Linux",pretty_name="Debian GNU/Linux 12 (bookworm)",variant="",variant_id="",version="",version_codename="",version_id="12.5.1"} 1',
      'node_os_version{id="debian",id_like="a \\"b\\" $c",name="Debian GNU/Linux"} 12.5',
    ],
  )
})

it('takes the second place, and does without a version', async () => {
  const samples = await samplesOf(os, { 'usr/lib/os-release': 'ID=arch\nBUILD_ID=rolling\n' })
  expect(samples.length).toBe(1)
  expect(samples[0]).toContain('build_id="rolling",id="arch"')
})

it('has no data without either', async () => {
  await expect(samplesOf(os, {})).rejects.toThrow('collector returned no data')
})

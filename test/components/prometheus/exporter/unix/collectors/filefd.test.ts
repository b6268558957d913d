import { expect, it } from 'vitest'
import { filefd } from '../../../../../../src/components/prometheus/exporter/unix/collectors/filefd.ts'
import { samplesOf } from '../../../../../support/unix_tree.ts'

it('gives open files and their limit, which may be 2^63-1', async () => {
  const tree = { 'proc/sys/fs/file-nr': '1024\t0\t9223372036854775807\n' }
  expect(await samplesOf(filefd, tree)).toEqual([
    'node_filefd_allocated 1024',
    'node_filefd_maximum 9.223372036854776e+18',
  ])
})

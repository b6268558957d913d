// xfs: what XFS file systems did.
// Source of the format: https://xfs.org/index.php/Runtime_Stats.

import { type BuildCollector, counter } from '../collector.ts'
import { fieldsOf, linesOf, numberOf } from '../proc_text.ts'

type Spec = ReturnType<typeof counter>

function xfsFamily(name: string, help: string): Spec {
  return counter(`node_xfs_${name}_total`, help)
}

function perFileSystem(name: string, what: string): Spec {
  return xfsFamily(name, `Number of ${what} for a filesystem.`)
}

function bTree(name: string, what: string): readonly Spec[] {
  return [
    perFileSystem(`${name}_lookups`, `${what} B-tree lookups`),
    perFileSystem(`${name}_compares`, `${what} B-tree compares`),
    perFileSystem(`${name}_records_inserted`, `${what} B-tree records inserted`),
    perFileSystem(`${name}_records_deleted`, `${what} B-tree records deleted`),
  ]
}

function vnode(name: string, what: string): Spec {
  return perFileSystem(`vnode_${name}`, what)
}

function inode(name: string, what: string): Spec {
  return xfsFamily(`inode_operation_${name}`, `Number of times the OS ${what}`)
}

/** The families of the numbers in a line, by its first word. */
const families: Readonly<Record<string, readonly Spec[]>> = {
  extent_alloc: [
    perFileSystem('extent_allocation_extents_allocated', 'extents allocated'),
    perFileSystem('extent_allocation_blocks_allocated', 'blocks allocated'),
    perFileSystem('extent_allocation_extents_freed', 'extents freed'),
    perFileSystem('extent_allocation_blocks_freed', 'blocks freed'),
  ],
  abt: bTree('allocation_btree', 'allocation'),
  blk_map: [
    perFileSystem('block_mapping_reads', 'block map for read operations'),
    perFileSystem('block_mapping_writes', 'block map for write operations'),
    perFileSystem('block_mapping_unmaps', 'block unmaps (deletes)'),
    perFileSystem('block_mapping_extent_list_insertions', 'extent list insertions'),
    perFileSystem('block_mapping_extent_list_deletions', 'extent list deletions'),
    perFileSystem('block_mapping_extent_list_lookups', 'extent list lookups'),
    perFileSystem('block_mapping_extent_list_compares', 'extent list compares'),
  ],
  bmbt: bTree('block_map_btree', 'block map'),
  dir: [
    xfsFamily(
      'directory_operation_lookup',
      'Number of file name directory lookups which miss the operating systems directory name ' +
        'lookup cache.',
    ),
    perFileSystem('directory_operation_create', 'times a new directory entry was created'),
    perFileSystem('directory_operation_remove', 'times an existing directory entry was created'),
    perFileSystem(
      'directory_operation_getdents',
      'times the directory getdents operation was performed',
    ),
  ],
  ig: [
    inode('attempts', 'looked for an XFS inode in the inode cache.'),
    inode('found', 'looked for and found an XFS inode in the inode cache.'),
    inode(
      'recycled',
      'found an XFS inode in the cache, but could not use it as it was being recycled.',
    ),
    inode('missed', 'looked for an XFS inode in the cache, but did not find it.'),
    inode(
      'duplicates',
      'tried to add a missing XFS inode to the inode cache, but found it had already been ' +
        'added by another process.',
    ),
    inode(
      'reclaims',
      'reclaimed an XFS inode from the inode cache to free memory for another purpose.',
    ),
    inode('attribute_changes', 'explicitly changed the attributes of an XFS inode.'),
  ],
  rw: [
    xfsFamily('write_calls', 'Number of write(2) system calls made to files in a filesystem.'),
    xfsFamily('read_calls', 'Number of read(2) system calls made to files in a filesystem.'),
  ],
  vnodes: [
    vnode('active', 'vnodes not on free lists'),
    vnode('allocate', 'times vn_alloc called'),
    vnode('get', 'times vn_get called'),
    vnode('hold', 'times vn_hold called'),
    vnode('release', 'times vn_rele called'),
    vnode('reclaim', 'times vn_reclaim called'),
    vnode('remove', 'times vn_remove called'),
  ],
}

export const xfs: BuildCollector = ({ host }) => ({
  name: 'xfs',
  async collect(page) {
    const root = host.sys('fs/xfs')
    for (const device of await host.listIfAny(root)) {
      // Beside devices there are sums and switches.
      const text = await host.readIfAny(`${root}/${device}/stats/stats`)
      for (const line of linesOf(text ?? '')) {
        const [key = '', ...values] = fieldsOf(line)
        for (const [i, family] of (families[key] ?? []).entries()) {
          page.add(family, numberOf(values[i]), { device })
        }
      }
    }
  },
})

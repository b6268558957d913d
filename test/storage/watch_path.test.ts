import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { watchPath } from '../../src/storage/watch_path.ts'

function setUp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'alloyts-watch-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function watched(path: string) {
  let changes = 0
  const watch = watchPath(path, () => {
    changes++
  })
  onTestFinished(() => watch.close())
  return { watch, changes: () => changes }
}

describe('watchPath', () => {
  it('notices writes and replacements of a file, and not those of its neighbours', async () => {
    const folder = setUp()
    const path = join(folder, 'a')
    writeFileSync(path, '1')
    const { changes } = watched(path)
    writeFileSync(join(folder, 'b'), '1')
    writeFileSync(path, '2')
    await expect.poll(changes).toBeGreaterThan(0)
    const before = changes()
    renameSync(join(folder, 'b'), path)
    await expect.poll(changes).toBeGreaterThan(before)
  })

  it('notices what comes into a folder and goes', async () => {
    const folder = join(setUp(), 'mods')
    mkdirSync(folder)
    const { changes } = watched(folder)
    writeFileSync(join(folder, 'a'), '')
    await expect.poll(changes).toBeGreaterThan(0)
    const before = changes()
    rmSync(join(folder, 'a'))
    await expect.poll(changes).toBeGreaterThan(before)
  })

  it.each([
    ['a file of the volume', 'a.alloy'],
    ['the volume', ''],
  ])('notices how Kubernetes turns a volume, watching %s', async (_, entry) => {
    const volume = setUp()
    const publish = (version: string) => {
      mkdirSync(join(volume, version))
      writeFileSync(join(volume, version, 'a.alloy'), version)
      symlinkSync(version, join(volume, '..data_tmp'))
      renameSync(join(volume, '..data_tmp'), join(volume, '..data'))
    }
    publish('..1')
    symlinkSync('..data/a.alloy', join(volume, 'a.alloy'))
    const { changes } = watched(join(volume, entry))
    publish('..2')
    await expect.poll(changes).toBeGreaterThan(0)
  })

  it('watches what was not there, once it is told to look again', async () => {
    const folder = join(setUp(), 'later')
    const path = join(folder, 'a')
    const { watch, changes } = watched(path)
    mkdirSync(folder)
    watch.rearm()
    writeFileSync(path, '')
    await expect.poll(changes).toBeGreaterThan(0)
  })
})

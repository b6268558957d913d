// How collectors read the machine: the files of /proc and /sys, without holding the event loop.
//
// A collector reads one file after the other, so that it never takes more than one of the threads
// that all of the process's files share.

import fs from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { quote } from '../../../../go/quote.ts'
import { textOf } from '../../../../go/text.ts'
import { isMissing, type UnixArguments } from './collector.ts'

/** A host with 4,096 CPUs writes 8 MiB of /proc/interrupts. */
const fileSizeMax = 16 * 1024 * 1024

/** A file of /sys is one page; what drivers give beyond is not read. */
const attributeSizeMax = 4096

const chunkSize = 64 * 1024
const idleChunksMax = 4

const open = promisify(fs.open)
const close = promisify(fs.close)
const readdir = promisify(fs.readdir)
const readlink = promisify(fs.readlink)
const realpath = promisify(fs.realpath.native)
const stat = promisify(fs.stat)

export interface Host {
  readonly rootfsPath: string
  readonly udevPath: string
  /** `/proc/net/arp` for `net/arp`. */
  proc(path: string): string
  /** `/sys/class/net` for `class/net`. */
  sys(path: string): string
  /** All of a file. Rejects where it cannot be read, or has more than 16 MiB. */
  read(path: string): Promise<string>
  /** All of a file; undefined where it is not there. */
  readIfAny(path: string): Promise<string | undefined>
  /** The value of a file of /sys without blanks around; undefined where it gives none. */
  attribute(path: string): Promise<string | undefined>
  /**
   * The first page of a file that the kernel writes from memory, as those of processes are;
   * undefined where it cannot be read. At once, 23 us of this thread rather than 100 us of two:
   * whoever reads many gives way in between. Not for drivers, which may wait for a device.
   */
  glance(path: string): string | undefined
  /** The names in a directory, sorted. Rejects where it cannot be read. */
  list(path: string): Promise<readonly string[]>
  /** The names in a directory, sorted; none where it is not there. */
  listIfAny(path: string): Promise<readonly string[]>
  /** Where a symbolic link points, as written; undefined where there is none. */
  linkTarget(path: string): Promise<string | undefined>
  /** The path behind symbolic links; undefined where it leads nowhere. */
  realPath(path: string): Promise<string | undefined>
  isDirectory(path: string): Promise<boolean>
}

export function hostOf(args: UnixArguments): Host {
  const { procfs_path, rootfs_path, sysfs_path, udev_data_path } = args
  return {
    rootfsPath: rootfs_path,
    udevPath: udev_data_path,
    proc: (path) => join(procfs_path, path),
    sys: (path) => join(sysfs_path, path),
    read,
    readIfAny: (path) => read(path).catch(undefinedIfMissing),
    attribute,
    glance,
    list,
    listIfAny: (path) => list(path).catch((error: Error) => undefinedIfMissing(error) ?? []),
    linkTarget: (path) => readlink(path, 'utf8').catch(() => undefined),
    realPath: (path) => realpath(path).catch(() => undefined),
    isDirectory: (path) =>
      stat(path).then(
        (found) => found.isDirectory(),
        () => false,
      ),
  }
}

/** Rejects where the file systems that all collectors need are not there. */
export async function openHost(args: UnixArguments): Promise<Host> {
  await expectDirectory('procfs', args.procfs_path)
  await expectDirectory('sysfs', args.sysfs_path)
  return hostOf(args)
}

async function expectDirectory(kind: string, path: string): Promise<void> {
  const found = await stat(path).catch((error: Error & { readonly code?: unknown }) => {
    const why = isMissing(error) ? 'no such file or directory' : error.message
    throw new Error(`failed to open ${kind}: could not read ${quote(path)}: stat ${path}: ${why}`)
  })
  if (found.isDirectory()) return
  throw new Error(`failed to open ${kind}: mount point ${quote(path)} is not a directory`)
}

function undefinedIfMissing(error: Error): undefined {
  if (!isMissing(error)) throw error
}

async function list(path: string): Promise<readonly string[]> {
  return (await readdir(path, 'utf8')).sort()
}

/** Files of /proc have no size before they are read, and short reads before their end. */
async function read(path: string): Promise<string> {
  const descriptor = await openFile(path)
  const chunk = chunks.pop() ?? Buffer.allocUnsafeSlow(chunkSize)
  const parts: Buffer[] = []
  try {
    for (let size = 0; ; ) {
      const count = await readChunk(descriptor, chunk, chunkSize)
      if (count === 0) break
      size += count
      if (size > fileSizeMax) throw new Error(`${path} has more than ${fileSizeMax} bytes`)
      parts.push(Buffer.from(chunk.subarray(0, count)))
    }
  } finally {
    if (chunks.length < idleChunksMax) chunks.push(chunk)
    await close(descriptor)
  }
  return textOf(parts.length === 1 ? parts[0]! : Buffer.concat(parts))
}

/** Buffers between two reads: one that waits for a device keeps its own. */
const chunks: Buffer[] = []

/** One read: a driver may refuse (EINVAL, EAGAIN, EIO) what it lists, and is asked once. */
async function attribute(path: string): Promise<string | undefined> {
  let descriptor: number
  try {
    descriptor = await openFile(path)
  } catch {
    return undefined
  }
  const chunk = Buffer.allocUnsafe(attributeSizeMax)
  try {
    const count = await readChunk(descriptor, chunk, attributeSizeMax)
    return textOf(chunk.subarray(0, count)).trim()
  } catch {
    return undefined
  } finally {
    await close(descriptor)
  }
}

function glance(path: string): string | undefined {
  let descriptor: number
  try {
    descriptor = fs.openSync(path, fs.constants.O_RDONLY)
  } catch {
    return undefined
  }
  try {
    const count = fs.readSync(descriptor, glanced, 0, attributeSizeMax, null)
    return textOf(glanced.subarray(0, count))
  } catch {
    return undefined
  } finally {
    fs.closeSync(descriptor)
  }
}

const glanced = Buffer.allocUnsafeSlow(attributeSizeMax)

function openFile(path: string): Promise<number> {
  // A pipe that someone put there must not wait for its writer.
  return open(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0))
}

function readChunk(descriptor: number, chunk: Buffer, size: number): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.read(descriptor, chunk, 0, size, null, (error, count) => {
      if (error === null) resolve(count)
      else reject(error)
    })
  })
}

// What is mounted, from /proc/1/mountinfo: what the machine sees, rather than this process.
// Where another's is not for us, our own.

import { isMissing } from '../collector.ts'
import type { Host } from '../host.ts'
import { linesOf } from '../proc_text.ts'

export interface Mount {
  /** As in the file. */
  readonly device: string
  readonly fstype: string
  /** As seen from the root of the machine. */
  readonly mountpoint: string
  readonly isReadonly: boolean
}

/** Each mount once, in the kernel's order. */
export async function mountsOf(host: Host): Promise<readonly Mount[]> {
  const mounts = new Map<string, Mount>()
  for (const line of linesOf(await mountInfo(host))) {
    const mount = mountOf(line, host.rootfsPath)
    const key = [mount.device, mount.fstype, mount.mountpoint].join('\n')
    if (!mounts.has(key)) mounts.set(key, mount)
  }
  return [...mounts.values()]
}

async function mountInfo(host: Host): Promise<string> {
  try {
    return await host.read(host.proc('1/mountinfo'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EPERM' && !isMissing(error as Error)) throw error
    return await host.read(host.proc('self/mountinfo'))
  }
}

/** `36 35 98:0 /root /mnt rw,noatime master:1 - ext3 /dev/root rw,errors=continue` */
function mountOf(line: string, rootfsPath: string): Mount {
  const [left = '', right = ''] = line.split(/ - (.*)/)
  const [, , , , point, options = ''] = left.split(' ')
  const [fstype = '', device = '', superOptions = ''] = right.split(' ')
  if (point === undefined || right === '') throw new Error(`cannot read the mount ${line}`)
  return {
    device,
    fstype,
    mountpoint: withoutRoot(unescaped(point), rootfsPath),
    isReadonly: isReadonly(options) || isReadonly(superOptions),
  }
}

function isReadonly(options: string): boolean {
  return options.split(',').includes('ro')
}

/** Blanks stand there as octal numbers. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => {
    return String.fromCharCode(Number.parseInt(digits, 8))
  })
}

function withoutRoot(point: string, rootfsPath: string): string {
  if (rootfsPath === '/' || !point.startsWith(rootfsPath)) return point
  return point.slice(rootfsPath.length) || '/'
}

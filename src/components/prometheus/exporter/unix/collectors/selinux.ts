// selinux: whether SELinux is on, and how strict it is.

import { join } from 'node:path'
import { type BuildCollector, gauge } from '../collector.ts'
import { numberOf } from '../proc_text.ts'

const enabled = gauge('node_selinux_enabled', 'SELinux is enabled, 1 is true, 0 is false')
const configured = gauge('node_selinux_config_mode', 'Configured SELinux enforcement mode')
const current = gauge('node_selinux_current_mode', 'Current SELinux enforcement mode')

/** Modes as the numbers of libselinux. */
const modes: Readonly<Record<string, number>> = { enforcing: 1, permissive: 0, disabled: -1 }

export const selinux: BuildCollector = ({ host }) => ({
  name: 'selinux',
  async collect(page) {
    const mode = await host.attribute(host.sys('fs/selinux/enforce'))
    page.add(enabled, mode === undefined ? 0 : 1)
    if (mode === undefined) return
    const text = (await host.readIfAny(join(host.rootfsPath, 'etc/selinux/config'))) ?? ''
    const name = /^\s*SELINUX\s*=\s*(\w+)/m.exec(text)?.[1] ?? 'disabled'
    page.add(configured, modes[name.toLowerCase()] ?? -1)
    page.add(current, numberOf(mode))
  },
})

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'rolldown'
import { describe, expect, it } from 'vitest'

/** Runs a TypeScript program in a process of its own and returns what it prints. */
async function runAlone(name: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'alloyts-churn-'))
  try {
    const file = join(folder, 'main.mjs')
    const input = fileURLToPath(new URL(name, import.meta.url))
    await build({ input, platform: 'node', output: { file }, logLevel: 'silent' })
    // Newer releases of Node let V8's young generation grow further: that is not what is measured.
    const flags = ['--expose-gc', '--max-semi-space-size=16']
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, file])
    return stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('a million label sets, with the receiver down', () => {
  it('every sample keeps its labels, and the memory comes back', async () => {
    const seen: Record<string, number> = JSON.parse(await runAlone('label_churn.main.ts'))
    expect(seen).toMatchObject({ wrong: 0, steadySets: 10_000, sets: 10_000 })
    expect(seen.dropped).toBeGreaterThan(500_000)
    expect(seen.delivered).toBeGreaterThan(1_000_000)
    // 8 MiB are 400,000 rows of known series, or 65,000 of new ones with their label sets; those of
    // the last half a minute do not count.
    expect(seen.mostSets).toBeLessThan(150_000)
    expect(seen.mostSets).toBeGreaterThan(60_000)
    expect(seen.afterMb! / seen.steadyMb!).toBeLessThanOrEqual(1.2)
  }, 60_000)
})

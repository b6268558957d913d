import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../src/model/clock.ts'
import { openInstallation } from '../../src/services/installation.ts'
import { programFacts } from '../../src/services/program.ts'

const facts = { clock: { ...systemClock, now: () => 1500 }, version: 'v0.1.0' }
let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'alloyts-storage-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
})

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8)
}

describe('openInstallation', () => {
  it('creates the storage path with the modes of upstream', async () => {
    const path = join(dir, 'a', 'data-alloy')
    const { uid } = await openInstallation(path, facts)
    expect([path, join(path, 'remotecfg'), join(path, 'alloy_seed.json')].map(modeOf)).toEqual([
      '750',
      '750',
      '644',
    ])
    expect(readFileSync(join(path, 'alloy_seed.json'), 'utf8')).toBe(
      `{"UID":"${uid}","created_at":"1970-01-01T00:00:01.5Z","version":"v0.1.0"}`,
    )
    expect(uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('keeps its identity, also one that the original wrote', async () => {
    const { uid } = await openInstallation(dir, facts)
    expect(await openInstallation(dir, facts)).toEqual({ uid, storagePath: dir })
    const seed = '{"UID":"ad3507a9","created_at":"2026-11-24T03:45:41.25Z","version":"v1.18.0"}'
    writeFileSync(join(dir, 'alloy_seed.json'), seed)
    expect((await openInstallation(dir, facts)).uid).toBe('ad3507a9')
    expect(readFileSync(join(dir, 'alloy_seed.json'), 'utf8')).toBe(seed)
  })

  it.each(['', '{"UID":', '[]', '{"UID":1}'])('starts anew over a seed of %j', async (text) => {
    writeFileSync(join(dir, 'alloy_seed.json'), text)
    const { uid } = await openInstallation(dir, facts)
    expect((await openInstallation(dir, facts)).uid).toBe(uid)
  })

  it('fails where it cannot write', async () => {
    writeFileSync(join(dir, 'file'), '')
    await expect(openInstallation(join(dir, 'file'), facts)).rejects.toThrow()
  })
})

describe('programFacts', () => {
  it.each([
    [undefined, 'binary'],
    ['helm', 'helm'],
    ['nonsense', 'binary'],
  ])('deploy mode %s shows as %s', (ALLOY_DEPLOY_MODE, expected) => {
    const { userAgent } = programFacts('0.1.0', 'uid', { ALLOY_DEPLOY_MODE })
    expect(userAgent).toMatch(new RegExp(`^Alloy/v0\\.1\\.0 \\([a-z]+; ${expected}\\)$`))
  })
})

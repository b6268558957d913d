import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, it, onTestFinished } from 'vitest'
import { plantSecrets } from '../../support/planted_secrets.ts'
import { startProgram } from '../../support/running_program.ts'

/** All its files, the compressed profiles as they are. */
async function bundleOf(url: string): Promise<Map<string, string>> {
  const answer = await fetch(`${url}/-/support?duration=1`)
  expect(answer.status).toBe(200)
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
  return new Map(Object.entries(files).map(([path, content]) => [path, strFromU8(content, true)]))
}

it('a support bundle shows none of the secrets of a configuration', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alloyts-planted-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { config, environment, secrets, shownBy } = plantSecrets(folder)
  expect(secrets.size).toBeGreaterThanOrEqual(20)
  const logins = { HTTP_PROXY: 'http://user:planted-proxy-login@127.0.0.1:1' }
  const { url, path } = await startProgram(config, {
    environment: { ...environment, ...logins },
    flags: { 'cluster.discover-peers': 'provider=aws secret_access_key=planted-proxy-login' },
  })
  const whole = await bundleOf(url)
  const source = whole.get('alloy-support-bundle/sources/config.alloy')
  expect(source).toContain('"(secret)"')
  expect(source).toContain('declare "inner"')
  expect(whole.get('alloy-support-bundle/sources/imports/lib.alloy')).toContain('"(secret)"')
  expect([...whole.keys()]).not.toContain('alloy-support-bundle/alloyts-errors.txt')

  // A broken file, and with it the one that is in force.
  writeFileSync(path, `${config}\nprometheus.scrape "x" {`)
  expect((await fetch(`${url}/-/reload`)).status).toBe(400)
  const broken = await bundleOf(url)
  expect([...broken.keys()]).toContain('alloy-support-bundle/sources/config-2.alloy')

  for (const files of [whole, broken]) {
    for (const [name, text] of files) {
      expect([name, shownBy(text)]).toEqual([name, []])
      expect(text).not.toContain('planted-proxy-login')
    }
  }
})

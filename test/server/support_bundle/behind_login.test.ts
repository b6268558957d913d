import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { startProgram } from '../../support/running_program.ts'

// Upstream asks itself over HTTP, so that these files are empty or hold an error.
it('a bundle is whole behind a login and below a prefix', async () => {
  const { url } = await startProgram(
    `
      http {
        auth {
          basic {
            username = "user"
            password = "planted-login"
          }
          filter {
            paths = ["/"]
            authenticate_matching_paths = true
          }
        }
      }
      local.file "a" { filename = "/dev/null" }
    `,
    { uiPathPrefix: '/alloy/' },
  )
  const path = `${url}/-/support?duration=1&exclude=pprof`
  expect((await fetch(path)).status).toBe(401)
  const authorization = `Basic ${Buffer.from('user:planted-login').toString('base64')}`
  const answer = await fetch(path, { headers: { authorization } })
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()))
  const text = (name: string) => strFromU8(files[`alloy-support-bundle/${name}`]!)
  expect(JSON.parse(text('alloy-components.json'))).toMatchObject([{ localID: 'local.file.a' }])
  expect(JSON.parse(text('alloyts-components.json'))).toMatchObject([{ id: 'local.file.a' }])
  expect(JSON.parse(text('alloy-peers.json'))).toMatchObject([{ isSelf: true }])
  expect(text('alloy-metrics-sample-end.txt')).toContain('\nalloy_build_info')
  expect(Object.keys(files)).not.toContain('alloy-support-bundle/alloyts-errors.txt')
})

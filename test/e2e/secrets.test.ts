// Secrets of every kind, planted in one configuration: none may come out anywhere but on the wire.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startAlloyts } from './support/alloyts.ts'
import { eventually, start, temporaryFolder } from './support/process.ts'
import { page, serve, status } from './support/targets.ts'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

/** Twenty texts that occur nowhere else. */
const planted = Array.from(
  { length: 20 },
  (_, i) => `planted-${String.fromCharCode(97 + i)}-c0ffee${i}`,
)

function secret(i: number): string {
  return planted[i] ?? ''
}

/** Where `broken` is true, expressions with secrets in them fail in every way we know. */
function configuration(folder: string, target: string, receiver: string): string {
  const file = (i: number) => {
    const path = join(folder, `secret-${i}`)
    writeFileSync(path, secret(i))
    return path
  }
  return `
    local.file "password" {
      filename  = "${file(0)}"
      is_secret = true
    }

    prometheus.scrape "basic" {
      targets         = [{"__address__" = "${target}"}]
      scrape_interval = "1s"
      scrape_timeout  = "1s"
      forward_to      = [prometheus.remote_write.out.receiver]

      basic_auth {
        username = "user"
        password = local.file.password.content
      }

      http_headers = {
        "X-Api-Key" = ["${secret(1)}"],
        "X-Other"   = ["a", "${secret(2)}"],
      }
    }

    prometheus.scrape "bearer" {
      targets         = [{"__address__" = "${target}"}]
      scrape_interval = "1s"
      scrape_timeout  = "1s"
      forward_to      = []
      bearer_token    = "${secret(3)}"
    }

    prometheus.scrape "authorization" {
      targets         = [{"__address__" = "${target}"}]
      scrape_interval = "1s"
      scrape_timeout  = "1s"
      forward_to      = []

      authorization {
        type        = "Token"
        credentials = "${secret(4)}"
      }
    }

    prometheus.scrape "token_file" {
      targets           = [{"__address__" = "${target}"}]
      scrape_interval   = "1s"
      scrape_timeout    = "1s"
      forward_to        = []
      bearer_token_file = "${file(5)}"
    }

    prometheus.scrape "credentials_file" {
      targets         = [{"__address__" = "${target}"}]
      scrape_interval = "1s"
      scrape_timeout  = "1s"
      forward_to      = []

      authorization {
        credentials_file = "${file(6)}"
      }
    }

    prometheus.scrape "refused" {
      targets         = [{"__address__" = "127.0.0.1:1"}]
      scrape_interval = "1s"
      scrape_timeout  = "1s"
      forward_to      = []
      proxy_url       = "http://user:${secret(7)}@127.0.0.1:1/"

      proxy_connect_header = {
        "Proxy-Authorization" = ["${secret(8)}"],
      }
    }

    prometheus.remote_write "out" {
      endpoint {
        url     = "http://user:${secret(9)}@${receiver}/write"
        headers = {
          "Authorization" = "Bearer ${secret(10)}",
          "X-Scope-Token" = "${secret(11)}",
        }

        queue_config {
          batch_send_deadline = "200ms"
        }
      }

      endpoint {
        url = "http://127.0.0.1:1/"

        basic_auth {
          username      = "user"
          password_file = "${file(12)}"
        }
      }

      endpoint {
        url = "http://${receiver}/joined"

        basic_auth {
          username = "user"
          password = convert.nonsensitive("${secret(13)}") + local.file.password.content
        }
      }

      endpoint {
        url          = "http://${receiver}/env"
        bearer_token = sys.env("PLANTED")
      }
    }
  `
}

/** Errors on and beside secrets, so that a message or a snippet could show one. */
const broken: readonly [what: string, config: (folder: string) => string][] = [
  [
    'a bad type beside a secret',
    () => `
      prometheus.scrape "a" {
        targets      = []
        forward_to   = 1
        bearer_token = "${secret(14)}"
      }`,
  ],
  [
    'a secret where a block belongs',
    () => `
      prometheus.scrape "a" {
        targets    = []
        forward_to = []
        basic_auth {
          password = ["${secret(15)}"]
        }
      }`,
  ],
  [
    'a misspelt secret',
    () => `
      prometheus.scrape "a" {
        targets      = []
        forward_to   = []
        bearer_tokn  = "${secret(16)}"
      }`,
  ],
  [
    'two credentials',
    () => `
      prometheus.scrape "a" {
        targets      = []
        forward_to   = []
        bearer_token = "${secret(17)}"
        basic_auth {
          username = "u"
          password = "${secret(18)}"
        }
      }`,
  ],
  [
    'a secret in a string argument',
    (folder) => {
      writeFileSync(join(folder, 'file'), secret(19))
      return `
      local.file "f" {
        filename  = "${join(folder, 'file')}"
        is_secret = true
      }

      prometheus.scrape "a" {
        targets    = []
        forward_to = []
        job_name   = local.file.f.content
        params     = { x = [string.format("%s", local.file.f.content)] }
      }`
    },
  ],
]

function expectClean(text: string, what: string): void {
  expect(
    planted.filter((value) => text.includes(value)),
    `${what} shows secrets`,
  ).toEqual([])
}

describe('secrets', () => {
  it('reach the wire, and nothing else', async () => {
    const folder = temporaryFolder()
    const receiver = await serve(() => status(400))
    const target = await serve(() => page(() => 'fine 1\n'))
    const alloyts = await startAlloyts(configuration(folder, target.address, receiver.address), {
      env: { PLANTED: secret(13) },
      // One endpoint is dead, and nobody waits here for the minute that it gets at the end.
      flags: ['--feature.component-shutdown-deadline=1s'],
    })
    await eventually('a scrape', () =>
      target.requests.some((r) => r.headers['x-api-key'] === secret(1)),
    )
    await eventually('a bearer', () =>
      target.requests.some((r) => r.headers.authorization === `Bearer ${secret(3)}`),
    )
    await eventually('a write', () =>
      receiver.requests.some((r) => r.headers['x-scope-token'] === secret(11)),
    )
    await new Promise((resolve) => setTimeout(resolve, 2_500))

    const list = (await (await fetch(`${alloyts.url}/api/v0/web/components`)).json()) as {
      localID: string
    }[]
    expect(list.length).toBeGreaterThan(6)
    for (const { localID } of list) {
      const answer = await fetch(`${alloyts.url}/api/v0/web/components/${localID}`)
      expectClean(await answer.text(), localID)
    }
    expectClean(await alloyts.metrics(), '/metrics')
    expectClean(await (await fetch(`${alloyts.url}/-/healthy`)).text(), '/-/healthy')
    await alloyts.running.stop()
    expect(alloyts.running.output()).toContain('task shutdown deadline exceeded')
    expectClean(alloyts.running.output(), 'the log')
  })

  it('stay out of the answers of reloads, of health and of a debug log', async () => {
    const logging = 'logging {\n  level = "debug"\n}\n'
    const fine = `${logging}
      prometheus.scrape "a" {
        targets      = []
        forward_to   = []
        bearer_token = "${secret(0)}"
      }`
    const alloyts = await startAlloyts(fine)
    for (const [what, config] of broken) {
      const { status, body } = await alloyts.reload(logging + config(alloyts.folder))
      expect(status, what).toBe(400)
      expectClean(body, `the reload of ${what}`)
      const components = await fetch(`${alloyts.url}/api/v0/web/components`)
      expectClean(await components.text(), 'the list of components')
    }
    expectClean(await alloyts.metrics(), '/metrics')
    await alloyts.running.stop()
    expectClean(alloyts.running.output(), 'the log')
  })

  it.each(broken)('stay out of reports on %s', async (_, config) => {
    const folder = temporaryFolder()
    const file = join(folder, 'config.alloy')
    writeFileSync(file, config(folder))
    for (const command of [['validate'], ['validate', '--format', 'json'], ['run']]) {
      const flags =
        command[0] === 'run'
          ? ['--server.http.listen-addr=127.0.0.1:0', `--storage.path=${folder}/data`]
          : []
      const running = start(process.execPath, [program, ...command, ...flags, file])
      await eventually(`${command} ends`, () => running.child.exitCode !== null).catch(() =>
        running.stop(),
      )
      expectClean(running.output(), command.join(' '))
      // What only evaluation can find, validate has nothing to say of.
      if (command[0] === 'run') expect(running.output()).toContain('could not perform')
    }
  })
})

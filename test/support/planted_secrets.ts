// A configuration that loads and has secrets of every kind in it, each a text that occurs nowhere
// else. Whatever leaves the process is searched for them.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface PlantedSecrets {
  readonly config: string
  /** What the configuration reads from the environment. */
  readonly environment: Readonly<Record<string, string>>
  /** By what each is. */
  readonly secrets: ReadonlyMap<string, string>
  /** Which of them a text shows, as they are or as HTTP and URLs write them. */
  shownBy(text: string): readonly string[]
}

/** Its files are written to `folder`, its configuration is not. Nothing answers on port 1. */
export function plantSecrets(folder: string): PlantedSecrets {
  const planting = new Planting(folder)
  const config = [scrapes(planting), writer(planting), modules(planting), files(planting)].join(
    '\n',
  )
  const { environment, secrets } = planting
  const shownBy = (text: string) => {
    return [...secrets]
      .filter(([, value]) => spellings(value).some((each) => text.includes(each)))
      .map(([what]) => what)
  }
  return { config, environment, secrets, shownBy }
}

function spellings(secret: string): string[] {
  const base64 = Buffer.from(`user:${secret}`).toString('base64')
  return [
    secret,
    base64,
    Buffer.from(secret).toString('base64'),
    Buffer.from(secret).toString('hex'),
  ]
}

class Planting {
  readonly environment: Record<string, string> = {}
  readonly secrets = new Map<string, string>()
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true })
  }

  value(what: string): string {
    const value = `planted-c0ffee-${this.secrets.size + 1}-${what.replaceAll(/\W+/g, '-')}`
    this.secrets.set(what, value)
    return value
  }

  env(what: string): string {
    const name = `PLANTED_${this.secrets.size + 1}`
    this.environment[name] = this.value(what)
    return name
  }

  /** The path of a file that holds it, quoted. */
  file(what: string): string {
    return this.written(`secret-${this.secrets.size + 1}`, `${this.value(what)}\n`)
  }

  written(name: string, text: string): string {
    const path = join(this.#folder, name)
    writeFileSync(path, text)
    return JSON.stringify(path)
  }
}

function scrape(label: string, settings: string, address = '127.0.0.1:1'): string {
  return `
    prometheus.scrape "${label}" {
      targets         = [{"__address__" = "${address}"}]
      forward_to      = []
      scrape_interval = "1s"
      scrape_timeout  = "1s"
      ${settings}
    }
  `
}

function scrapes(planting: Planting): string {
  return [
    scrape('literal', `bearer_token = "${planting.value('literal of a secret argument')}"`),
    scrape('raw', `bearer_token = \`${planting.value('raw string')}\``),
    scrape('block', `authorization { credentials = "${planting.value('literal in a block')}" }`),
    scrape(
      'map',
      `http_headers = {
        "X-Api-Key" = ["${planting.value('value of a map')}"],
        "X-Other"   = ["a", "${planting.value('value of a header that is named harmlessly')}"],
      }`,
    ),
    scrape(
      'proxy',
      `proxy_url            = "http://user:${planting.value('password of a proxy')}@127.0.0.1:1/"
       proxy_connect_header = {"Proxy-Authorization" = ["${planting.value('header for a proxy')}"]}`,
    ),
    scrape(
      'oauth2',
      `oauth2 {
        client_id     = "user"
        client_secret = "${planting.value('secret of OAuth 2.0')}"
        token_url     = "http://user:${planting.value('password in the URL of tokens')}@127.0.0.1:1/"
      }`,
    ),
    scrape('env', `bearer_token = sys.env("${planting.env('environment')}")`),
    scrape('bearer_file', `bearer_token_file = ${planting.file('file of a token')}`),
    scrape(
      'joined',
      `bearer_token = convert.nonsensitive("a-") + "${planting.value('part of an expression')}"`,
    ),
    // A target may have a login too.
    scrape('login', '', `user:${planting.value('login of a target')}@127.0.0.1:1`),
    `// Once it was: password = "${planting.value('comment')}"\n`,
  ].join('')
}

function writer(planting: Planting): string {
  return `
    prometheus.remote_write "out" {
      endpoint {
        url     = "http://user:${planting.value('password in a URL')}@127.0.0.1:1/write"
        headers = {"Authorization" = "Bearer ${planting.value('header')}"}
      }

      endpoint {
        url = "http://127.0.0.1:1/"

        basic_auth {
          username      = "user"
          password_file = ${planting.file('file of a password')}
        }
      }
    }
  `
}

/** In declare bodies, in what is imported, in what foreach repeats, and handed into modules. */
function modules(planting: Planting): string {
  const imported = `
    declare "imported" {
      ${scrape('a', `bearer_token = "${planting.value('literal in an imported module')}"`)}
    }
  `
  return `
    import.file "lib" { filename = ${planting.written('lib.alloy', imported)} }
    lib.imported "a" { }

    declare "inner" {
      argument "token" { }
      argument "harmless" { }

      ${scrape('literal', `bearer_token = "${planting.value('literal in a declare')}"`)}
      ${scrape('token', 'bearer_token = argument.token.value')}
      ${scrape('harmless', 'authorization { credentials = argument.harmless.value }')}

      local.file "secret" {
        filename  = ${planting.file('file read inside a module')}
        is_secret = true
      }

      export "exported" { value = local.file.secret.content }
    }

    inner "a" {
      token    = "${planting.value('argument of a module')}"
      harmless = "${planting.value('argument of a module that is named harmlessly')}"
    }

    ${scrape('exported', 'bearer_token = inner.a.exported')}
  `
}

function files(planting: Planting): string {
  return `
    local.file "secret" {
      filename  = ${planting.file('file in an export')}
      is_secret = true
    }

    ${scrape('content', 'basic_auth {\nusername = "user"\npassword = local.file.secret.content\n}')}
  `
}

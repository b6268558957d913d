// Lints of single arguments: secrets, addresses, limits.

import { describe, expect, it } from 'vitest'
import { lintText } from '../support/lint_text.ts'

function write(endpoint: string): string {
  return `prometheus.remote_write "w" {\nendpoint {\n${endpoint}\n}\n}`
}

const url = 'url = "https://x.example.com/api/v1/write"'

describe('arguments', () => {
  it.each<[code: string, what: string, text: string, findings: readonly string[]]>([
    [
      'plain-text-secret',
      'in a block',
      write(`${url}\nbasic_auth {\npassword = "hunter22"\n}`),
      ['5:12 password holds a secret in plain text'],
    ],
    [
      'plain-text-secret',
      'a placeholder',
      write(`${url}\nbasic_auth {\npassword = "<PASSWORD>"\n}`),
      [],
    ],
    ['plain-text-secret', 'empty', write(`${url}\nbasic_auth {\npassword = ""\n}`), []],
    [
      'plain-text-secret',
      'a header',
      write(`${url}\nheaders = {"Authorization" = "Bearer abcdefgh", "X-Scope-OrgID" = "1"}`),
      ['4:30 headers holds a secret in plain text'],
    ],
    ['plain-text-secret', 'a call', write(`${url}\nbasic_auth {\npassword = sys.env("P")\n}`), []],
    [
      'plain-text-secret',
      'a URL',
      write('url = "https://u:hunter22@x.example.com/w"'),
      ['3:7 url holds a password in plain text'],
    ],
    [
      'plain-text-secret',
      'a component that is not declared',
      'loki.nothing "x" {\napi_key = "hunter22"\n}',
      ['2:11 api_key holds a secret in plain text'],
    ],
    [
      'url-scheme',
      'an expression',
      write('url = "x.example.com" + "/w"'),
      ['3:7 "x.example.com/w" has no scheme'],
    ],
    ['url-scheme', 'from the environment', write('url = sys.env("URL")'), []],
    [
      'url-scheme',
      'blanks',
      write('url = " https://x.example.com/w"'),
      ['3:7 there are blanks around the address'],
    ],
    ['url-scheme', 'a placeholder', write('url = "<URL>"'), []],
    ['url-scheme', 'a proxy', write(`${url}\nproxy_url = "socks5://x:1"`), []],
    [
      'url-push-path',
      'a slash',
      write('url = "https://x.example.com/"'),
      ['3:7 the address has no path'],
    ],
    [
      'url-push-path',
      'Loki',
      'loki.write "w" {\nendpoint {\nurl = "http://loki:3100"\n}\n}',
      ['3:7 the address has no path'],
    ],
    [
      'url-push-path',
      'Pyroscope',
      'pyroscope.write "w" {\nendpoint {\nurl = "http://pyroscope:4040/ingest"\n}\n}',
      ['3:7 the address has the path /ingest'],
    ],
    [
      'credentials-over-http',
      'a token',
      write('url = "http://x.example.com/w"\nbearer_token = sys.env("T")'),
      ['3:7 bearer_token goes to x.example.com without encryption'],
    ],
    [
      'credentials-over-http',
      'a private address',
      write('url = "http://10.1.2.3/w"\nbearer_token = sys.env("T")'),
      [],
    ],
    [
      'credentials-over-http',
      'in the URL',
      write('url = "http://u:p@x.example.com/w"'),
      ['3:7 the user in the URL goes to x.example.com without encryption'],
    ],
    ['insecure-tls', 'false', write(`${url}\ntls_config {\ninsecure_skip_verify = false\n}`), []],
    [
      'contradicting-limits',
      'numbers',
      write(`${url}\nqueue_config {\nmin_shards = 5\nmax_shards = 2\n}`),
      ['5:1 min_shards (5) is larger than max_shards (2)'],
    ],
    [
      'contradicting-limits',
      'against a default',
      write(`${url}\nqueue_config {\nmin_shards = 500\n}`),
      ['5:1 min_shards (500) is larger than max_shards (50)'],
    ],
    [
      'contradicting-limits',
      'zero',
      write(`${url}\nqueue_config {\nmin_shards = 5\nmax_shards = 0\n}`),
      [],
    ],
    [
      'contradicting-limits',
      'sizes',
      'otelcol.processor.memory_limiter "m" {\nlimit = "100MiB"\nspike_limit = "1GiB"\n}',
      ['3:1 spike_limit (1GiB) is larger than limit (100MiB)'],
    ],
    [
      'contradicting-limits',
      'not known',
      write(`${url}\nqueue_config {\nmin_shards = 5\nmax_shards = sys.env("M")\n}`),
      [],
    ],
    [
      'public-secret-file',
      'marked by an expression that is not known',
      `local.file "f" {\nfilename = "/x"\nis_secret = sys.env("S") == "1"\n}\n${write(`${url}\nbearer_token = local.file.f.content`)}`,
      [],
    ],
    [
      'public-secret-file',
      'false',
      `local.file "f" {\nfilename = "/x"\nis_secret = false\n}\n${write(`${url}\nbearer_token = local.file.f.content`)}`,
      [
        '8:16 local.file.f is not marked as a secret, so that its content is shown in the UI of prometheus.remote_write.w',
      ],
    ],
    ['deprecated-argument', 'none', write(url), []],
  ])('%s: %s', async (code, _, text, findings) => {
    expect(await lintText(text, code)).toEqual(findings)
  })
})

describe('stages', () => {
  const stage = (text: string) => `loki.process "p" {\nforward_to = []\n${text}\n}`

  it.each<[code: string, text: string, findings: readonly string[]]>([
    [
      'go-template',
      'stage.replace {\nexpression = "(a)"\nreplace = "{{ .Value"\n}',
      ['5:11 the template does not parse: the action does not end'],
    ],
    [
      'go-template',
      'stage.template {\nsource = "a"\ntemplate = `a\n{{ nope }}`\n}',
      ['5:12 the template does not parse: function "nope" not defined in line 2 of it'],
    ],
    ['go-template', 'stage.template {\nsource = "a"\ntemplate = sys.env("T")\n}', []],
    [
      'jmespath',
      'stage.json {\nexpressions = {a = "", b = "c.", d = sys.env("D")}\n}',
      ['4:28 the expression does not parse: unexpected token: (EOF)'],
    ],
    [
      'logql-selector',
      'stage.match {\nselector = "{a=b}"\nstage.docker { }\n}',
      ['4:12 the selector does not parse: expected a text in double quotes, got b at character 4'],
    ],
    [
      'high-cardinality-label',
      'stage.labels {\nvalues = {level = "", TraceID = "", "user_id" = "u"}\n}',
      [
        '4:23 TraceID makes a stream of almost each entry',
        '4:37 user_id makes a stream of almost each entry',
      ],
    ],
    [
      'ineffective-argument',
      'stage.limit {\nrate = 1\nburst = 1\nmax_distinct_labels = 20000\n}',
      ['6:1 max_distinct_labels has no effect: there is no by_label_name'],
    ],
  ])('%s: %s', async (code, text, findings) => {
    expect(await lintText(stage(text), code)).toEqual(findings)
  })
})

import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/cli/catalog.ts'
import { secretsOf } from '../../src/engine/secret_literals.ts'
import { bytesOf } from '../../src/go/text.ts'
import { concealDiagnostics, concealedText } from '../../src/syntax/concealed.ts'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { renderReport } from '../../src/syntax/report.ts'
import { createSource } from '../../src/syntax/source.ts'

const catalog = await loadCatalog()

async function read(text: string) {
  const source = createSource('f.alloy', bytesOf(text))
  const diagnostics = new Diagnostics()
  const file = parseFile(source, diagnostics)
  const concealed = await secretsOf([file], catalog, diagnostics.errors === 0)
  return { source, diagnostics, concealed }
}

async function shown(text: string): Promise<string> {
  const { source, concealed } = await read(text)
  return concealedText(source, 0, source.bytes.length, concealed)
}

const scrape = (body: string) => `prometheus.scrape "a" {\n${body}\n}\n`
const block = (name: string, body: string) => scrape(`${name} {\n${body}\n}`)

const cases: readonly [what: string, text: string, shown: string][] = [
  ['declared secrets', scrape('bearer_token = "hush"'), scrape('bearer_token = "****"')],
  [
    'declared secrets of blocks',
    block('basic_auth', 'username = "u"\npassword = "häsh"'),
    block('basic_auth', 'username = "u"\npassword = "****"'),
  ],
  [
    'maps and lists of secrets, not their keys',
    scrape('http_headers = {"X-Any" = ["a1", "b2"]}'),
    scrape('http_headers = {"X-Any" = ["**", "**"]}'),
  ],
  [
    'parts of expressions',
    scrape('bearer_token = string.join(["a1", x.y["k"]], "-") + ("b2" + local.file.x.content)'),
    scrape('bearer_token = string.join(["**", x.y["k"]], "*") + ("**" + local.file.x.content)'),
  ],
  [
    'but not names of the environment',
    scrape('bearer_token = sys.env("TOKEN")'),
    scrape('bearer_token = sys.env("TOKEN")'),
  ],
  [
    'raw strings over several lines',
    scrape('bearer_token = `one\n\ttwo`'),
    scrape('bearer_token = `***\n\t***`'),
  ],
  [
    'attributes that seem to mean a secret',
    scrape(
      'bearer_tokn = "hush"\nbaerer_token = "hush"\nmy_pasword = "hush"\nhttp_headrs = {a = ["b"]}',
    ),
    scrape(
      'bearer_tokn = "****"\nbaerer_token = "****"\nmy_pasword = "****"\nhttp_headrs = {a = ["*"]}',
    ),
  ],
  [
    'but not where a secret is',
    scrape('bearer_token_file = "/run/t"\npasword_file = "/run/p"'),
    scrape('bearer_token_file = "/run/t"\npasword_file = "/run/p"'),
  ],
  [
    'credentials of blocks that nothing explains',
    'my.own "x" {\ntoken = "hush"\nnested {\nclient_secret = "hush"\nuser = "me"\n}\n}\n',
    'my.own "x" {\ntoken = "****"\nnested {\nclient_secret = "****"\nuser = "me"\n}\n}\n',
  ],
  [
    'a block where an attribute belongs',
    block('bearer_token', 'value = "hush"'),
    block('bearer_token', 'value = "****"'),
  ],
  [
    'headers and fields named like credentials',
    scrape('params = {"Authorization" = ["a"], "X-Api-Key" = ["b"], Cookie = ["c"], key = ["d"]}'),
    scrape('params = {"Authorization" = ["*"], "X-Api-Key" = ["*"], Cookie = ["*"], key = ["d"]}'),
  ],
  [
    'what a user calls nonsensitive',
    scrape('job_name = convert.nonsensitive("hush")'),
    scrape('job_name = convert.nonsensitive("****")'),
  ],
  [
    'users of URLs',
    scrape('proxy_url = "http://me:hu%20sh@host/p@th"\nmetrics_path = "http://me:a/b@host"'),
    scrape('proxy_url = "http://**********@host/p@th"\nmetrics_path = "http://******@host"'),
  ],
  [
    'but not ports and paths',
    scrape('proxy_url = "http://host:80/p@th"'),
    scrape('proxy_url = "http://host:80/p@th"'),
  ],
  ['a word that has lost its quotes', scrape('bearer_token = hush'), scrape('bearer_token = ****')],
  ['but not placeholders', scrape('bearer_token = MY_TOKEN'), scrape('bearer_token = MY_TOKEN')],
  [
    'what modules are given and use as a secret, handed on too',
    'm "a" {\nx = "h1"\ny = "o1"\n}\n' +
      'declare "m" {\nargument "x" {\ndefault = "h2"\n}\nn "b" {\nz = argument.x.value\n}\n}\n' +
      'declare "n" {\nargument "z" { }\nargument "y" {\ndefault = "o2"\n}\n' +
      `${scrape('bearer_token = argument.z.value')}}\n`,
    'm "a" {\nx = "**"\ny = "o1"\n}\n' +
      'declare "m" {\nargument "x" {\ndefault = "**"\n}\nn "b" {\nz = argument.x.value\n}\n}\n' +
      'declare "n" {\nargument "z" { }\nargument "y" {\ndefault = "o2"\n}\n' +
      `${scrape('bearer_token = argument.z.value')}}\n`,
  ],
  [
    'defaults of arguments of modules',
    'declare "m" {\nargument "api_key" {\ndefault = "hush"\n}\n}\n',
    'declare "m" {\nargument "api_key" {\ndefault = "****"\n}\n}\n',
  ],
  [
    'comments',
    '// password = "hush"\n// token: hush\n// a token is needed\n',
    '// password = "****"\n// token: ****\n// a token is needed\n',
  ],
  [
    'files that do not parse',
    'a "b" {\npassword = "hush\ntokens = ["x",\n"y"]\nsecret = hu$h\nurl = "http://u:p@h"\nkey = a.b.c\n',
    'a "b" {\npassword = "****\ntokens = ["*",\n"*"]\nsecret = ****\nurl = "http://***@h"\nkey = a.b.c\n',
  ],
]

describe('secretsOf', () => {
  it.each(cases)('finds %s', async (_, text, expected) => {
    expect(await shown(text)).toBe(expected)
  })

  it('leaves carets where they were', async () => {
    const { source, concealed } = await read(scrape('bearer_token = "hüsh" + 1'))
    const start = source.bytes.lastIndexOf('+'.charCodeAt(0))
    const span = { source, start, end: start + 1 }
    const report = renderReport([{ severity: 'error', message: 'm', span }], undefined, concealed)
    expect(report).toContain('2 | bearer_token = "****" + 1\n  |                       ^\n')
  })
})

describe('concealDiagnostics', () => {
  const text = scrape('bearer_token = "long enough"\nbasic_auth {\npassword = "ab"\n}')

  it.each<[what: string, at: string, message: string, shown: string]>([
    ['long secrets anywhere', 'prom', 'see "long enough"', 'see "***********"'],
    ['short ones where they stand', '"ab"', '"ab" should be x', '"**" should be x'],
    ['and nowhere else', 'prom', 'attribute "ab"', 'attribute "ab"'],
  ])('blots out %s', async (_, at, message, expected) => {
    const { source, concealed } = await read(text)
    const start = text.indexOf(at)
    const span = { source, start, end: start + at.length }
    const list = [{ severity: 'error', message, value: message, span } as const]
    expect(concealDiagnostics(list, concealed)).toEqual([
      { severity: 'error', message: expected, value: expected, span },
    ])
  })
})

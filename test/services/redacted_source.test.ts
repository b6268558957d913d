import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../src/cli/catalog.ts'
import { bytesOf } from '../../src/go/text.ts'
import { redactedSources, redactedText } from '../../src/services/redacted_source.ts'
import { Diagnostics } from '../../src/syntax/diagnostics.ts'
import { parseFile } from '../../src/syntax/parser.ts'
import { createSource } from '../../src/syntax/source.ts'

const catalog = await loadCatalog()

async function redacted(text: string, mask = (each: string) => each): Promise<string> {
  const sources = [{ name: 'f.alloy', bytes: bytesOf(text) }]
  const [shown] = await redactedSources(sources, { catalog, mask })
  return shown!.text
}

const http = (body: string) => `discovery.http "a" {\n  ${body}\n}\n`
const module_ = (body: string) => `declare "m" {\n${http(body)}}\n`

const cases: readonly [what: string, text: string, shown: string][] = [
  ['declared secrets', http('bearer_token = "hush"'), http('bearer_token = "(secret)"')],
  ['raw strings', http('bearer_token = `one\ntwo`'), http('bearer_token = "(secret)"')],
  [
    'secrets within modules',
    module_('bearer_token = "hush"'),
    module_('bearer_token = "(secret)"'),
  ],
  [
    'maps and lists of secrets',
    http('http_headers = {"X-H" = ["a", "b"]}'),
    http('http_headers = {"X-H" = ["(secret)", "(secret)"]}'),
  ],
  [
    'credentials among the values of maps',
    'a.b "c" {\n  headers = {"X-Token" = "hush", "X-Tenant" = "open"}\n}\n',
    'a.b "c" {\n  headers = {"X-Token" = "(secret)", "X-Tenant" = "open"}\n}\n',
  ],
  [
    'parts of expressions, and nothing that refers',
    http('bearer_token = "hush" + local.file.t.content + sys.env("NAME")'),
    http('bearer_token = "(secret)" + local.file.t.content + sys.env("NAME")'),
  ],
  [
    'user and password of URLs',
    http('url = "http://user:hush@host/x"'),
    http('url = "http://(secret)@host/x"'),
  ],
  [
    'logins of addresses',
    'a "b" {\n  targets = [{"__address__" = "u:p@h:1"}, {"x" = "me@home"}]\n}\n',
    'a "b" {\n  targets = [{"__address__" = "(secret)@h:1"}, {"x" = "me@home"}]\n}\n',
  ],
  [
    'tokens in queries of URLs',
    http('url = "http://host/x?page=2&access_token=hush&n=1"'),
    http('url = "http://host/x?page=2&access_token=(secret)&n=1"'),
  ],
  [
    'comments, with all else in them',
    `// The token: hush\n/* before password = "x y" after */\n${http('url = "u"')}`,
    `// The token: "(secret)"\n/* before password = "(secret)" after */\n${http('url = "u"')}`,
  ],
  [
    'modules that stand in strings',
    'import.string "a" {\n  content = `declare "x" { }`\n}\n',
    'import.string "a" {\n  content = "(secret)"\n}\n',
  ],
  [
    'words to their end',
    `/*password=a,b)c*/ // token: x)y,z w\n${http('url = "u"')}`,
    `/*password="(secret)"*/ // token: "(secret)" w\n${http('url = "u"')}`,
  ],
  [
    'YAML that stands in raw strings',
    'a.b "c" {\n  config = `modules:\n  password: hush\n  user: x`\n}\n',
    'a.b "c" {\n  config = `modules:\n  password: (secret)\n  user: x`\n}\n',
  ],
  [
    'JSON that stands in strings',
    'a.b "c" {\n  config = "{\\"password\\": \\"hush\\", \\"x\\": 1}"\n}\n',
    'a.b "c" {\n  config = "{\\"password\\": \\"(secret)"\n}\n',
  ],
  ['words without quotes', http('bearer_token = hush'), http('bearer_token = "(secret)"')],
  [
    'strings that do not end',
    'discovery.http "a" {\n  bearer_token = "hush\n  url = "u"\n}\n',
    'discovery.http "a" {\n  bearer_token = "(secret)"\n  url = "u"\n}\n',
  ],
  [
    'credentials in files that do not parse',
    'discovery.http "a" {\n  password = "hush"\n  {{{ token: "hush"\n',
    'discovery.http "a" {\n  password = "(secret)"\n  {{{ token: "(secret)"\n',
  ],
]

describe('sources are shown without', () => {
  it.each(cases)('%s', async (_, text, shown) => {
    expect(await redacted(text)).toBe(shown)
  })

  it('what is known as a secret from elsewhere', async () => {
    const mask = (text: string) => text.replaceAll('hunter22', '(secret)')
    expect(await redacted('a "b" { c = "hunter22" }', mask)).toBe('a "b" { c = "(secret)" }')
  })
})

it.each([
  ['tokens in clear', 'a=b password=hush,er c=d', 'a=b password=(secret) c=d'],
  ['quoted ones', 'token: "hu sh" x', 'token: "(secret)" x'],
  ['logins of URLs', 'P=http://u:p@h:1/x', 'P=http://(secret)@h:1/x'],
  ['queries', 'http://h/?token=a&b=c', 'http://h/?token=(secret)&b=c'],
  ['what is known', 'say hunter22', 'say ***'],
])('other texts are shown without %s', (_, text, shown) => {
  expect(redactedText(text, (each) => each.replaceAll('hunter22', '***'))).toBe(shown)
})

describe('redaction', () => {
  it('leaves a text without secrets as it is, bytes that are no UTF-8 included', async () => {
    const text = '// \udcff ☃\nlogging {\n\tlevel  = "debug" // why\n}\n'
    expect(await redacted(text)).toBe(text)
  })

  it('is what it was when done again', async () => {
    for (const [, text] of cases) {
      const once = await redacted(text)
      expect(await redacted(once)).toBe(once)
    }
  })

  it('gives a file that parses where there was one', async () => {
    const value = fc.oneof(
      fc.string().map((text) => JSON.stringify(text)),
      fc.constantFrom(
        '`a\nb`',
        'x.y',
        'hush',
        '["a", "b"]',
        '{a = "b"}',
        '"http://u:p@h?token=s"',
        '"password: x"',
        '"{\\"token\\": \\"x\\"}"',
      ),
    )
    const attribute = fc.constantFrom('bearer_token', 'http_headers', 'url', 'pasword')
    const body = fc.array(fc.tuple(attribute, value), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(body, async (entries) => {
        const text = http(entries.map(([name, each]) => `${name} = ${each}`).join('\n  '))
        if (errorsIn(text) === 0) expect(errorsIn(await redacted(text))).toBe(0)
      }),
    )
  })
})

function errorsIn(text: string): number {
  const diagnostics = new Diagnostics()
  parseFile(createSource('f.alloy', bytesOf(text)), diagnostics)
  return diagnostics.errors
}

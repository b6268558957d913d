// Findings with everything that a format may stumble over.

import type { CheckedConfig, Findings } from '../../src/cli/report/findings.ts'
import { lints } from '../../src/lint/all.ts'
import { checkRules } from '../../src/lint/rule.ts'
import { checkSources } from './check_text.ts'

const broken = `prometheus.scrape "s" {
	targets = [{"__address__" = "ä<b>&\\"c\\""}]
	forward_to = [prometheus.echo.none.receiver]
	/* 😀 */ unknwon = "1"
}
`

const secret = `prometheus.remote_write "w" {
	endpoint {
		url = "https://example.com"
		basic_auth {
			password = "hunter22, 100% secret"
		}
	}
}
`

const sources: readonly (readonly [path: string, text: string])[] = [
  ['conf/valid.alloy', 'logging { }\n'],
  ['conf/broken, with:signs.alloy', broken],
  ['/etc/alloy/sécret.alloy', secret],
  ['conf/syntax.alloy', 'a = "\n\u0001'],
]

export async function sampleFindings(): Promise<Findings> {
  const configs: CheckedConfig[] = []
  for (const [path, text] of sources) {
    const source = { name: path, bytes: Buffer.from(text) }
    configs.push({ path, ...(await checkSources([source], { depth: 'all' })) })
  }
  const message = 'stat conf/missing.alloy: no such file or directory'
  configs.push({
    path: 'conf/missing.alloy',
    diagnostics: [{ severity: 'error', code: 'unreadable', message }],
    concealed: [],
    unread: ['import.http.m: it is not local; --follow-imports reads it'],
  })
  const codes = new Set(configs.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))
  const rules = [...checkRules, ...lints].filter(({ code }) => codes.has(code))
  return { depth: 'all', configs, rules, version: '1.2.3' }
}

/** None at all: one configuration, and nothing to say of it. */
export const noFindings: Findings = {
  depth: 'load',
  configs: [{ path: 'a.alloy', diagnostics: [], concealed: [], unread: [] }],
  rules: [],
  version: '1.2.3',
}

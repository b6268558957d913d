// A page to try GraphQL queries. It loads nothing from anywhere, unlike upstream's.

import { createHash } from 'node:crypto'
import type { InternalResponse } from '../../engine/internal_network.ts'
import { bytesOf } from '../../go/text.ts'

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 75rem; padding: 1rem }
main { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)) }
textarea, pre { border: 1px solid GrayText; box-sizing: border-box; font: 14px/1.5 monospace;
  margin: 0; min-height: 24rem; padding: .5rem; width: 100% }
pre { overflow: auto; white-space: pre-wrap }
button { font: inherit; margin: .5rem .5rem .5rem 0 }
`

const script = `
const query = document.querySelector('#query')
const result = document.querySelector('#result')
const run = async () => {
  result.textContent = '…'
  try {
    const answer = await fetch('../graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: query.value }),
    })
    result.textContent = JSON.stringify(await answer.json(), undefined, 2)
  } catch (error) {
    result.textContent = String(error)
  }
}
document.querySelector('#run').addEventListener('click', run)
query.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run()
})
for (const button of document.querySelectorAll('[data-query]')) {
  button.addEventListener('click', () => {
    query.value = button.dataset.query
    run()
  })
}
`

const examples: readonly (readonly [name: string, query: string])[] = [
  ['Alloy', '{\n  alloy {\n    version\n    isReady\n  }\n}'],
  ['Components', '{\n  components {\n    id\n    health {\n      message\n    }\n  }\n}'],
  ['Fields', '{\n  __schema {\n    types {\n      name\n      fields { name }\n    }\n  }\n}'],
]

export function playgroundPage(): InternalResponse {
  const policy =
    `default-src 'none'; connect-src 'self'; script-src '${hashOf(script)}'; ` +
    `style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  const headers = {
    'content-security-policy': policy,
    'content-type': 'text/html; charset=UTF-8',
    'x-content-type-options': 'nosniff',
  }
  return { status: 200, headers, body: bytesOf(page()) }
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function page(): string {
  const buttons = examples.map(([name, query]) => {
    return `<button type="button" data-query="${query}">${name}</button>`
  })
  const [, first = ''] = examples[0] ?? []
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>GraphQL playground</title>
<style>${style}</style>
</head>
<body>
<h1>GraphQL playground</h1>
<p>${buttons.join('')}</p>
<main>
<div><label for="query">Query, run with Ctrl+Enter</label>
<textarea id="query" spellcheck="false">${first}</textarea>
<button type="button" id="run">Run</button></div>
<div><label for="result">Result</label>
<pre id="result" tabindex="0" aria-live="polite"></pre></div>
</main>
<script>${script}</script>
</body>
</html>
`
}

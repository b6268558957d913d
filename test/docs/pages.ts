// The reference pages that docs/reference/ must hold.

import { components, configBlocks } from '../../src/components/all.ts'
import { blockPage, componentPage } from '../../src/schema/reference.ts'

/** By file name. */
export async function referencePages(): Promise<Map<string, string>> {
  const pages = new Map<string, string>()
  const rows: string[] = []
  for (const load of Object.values(components)) {
    const { declaration } = await load()
    pages.set(`${declaration.name}.md`, componentPage(declaration))
    rows.push(rowOf(declaration))
  }
  const blockRows: string[] = []
  for (const load of Object.values(configBlocks)) {
    const { declaration } = await load()
    pages.set(`${declaration.name}.md`, blockPage(declaration))
    blockRows.push(rowOf(declaration))
  }
  const head = '| Name | Summary |\n| --- | --- |'
  const intro = 'Generated from the declarations by `npm run docs`; never edited by hand.'
  const sections = [
    `## Components\n\n${head}\n${rows.join('\n')}`,
    `## Configuration blocks\n\n${head}\n${blockRows.join('\n')}`,
  ]
  pages.set('README.md', `# Reference\n\n${intro}\n\n${sections.join('\n\n')}\n`)
  return pages
}

function rowOf({ name, summary }: { name: string; summary: string }): string {
  return `| [${name}](${name}.md) | ${summary} |`
}

/** docs/components.md: what runs, and what is only known. */
export async function componentsPage(): Promise<string> {
  const all = await Promise.all(Object.values(components).map((load) => load()))
  const rows = all.map(({ declaration }) => {
    const { name, stability, community, accepts, emits, load } = declaration
    const cells = [
      `[${name}](reference/${name}.md)`,
      load === undefined ? '' : 'yes',
      community ? 'community' : stability,
      accepts.join(', '),
      emits.join(', '),
    ]
    return `| ${cells.join(' | ')} |`
  })
  const running = all.filter(({ declaration }) => declaration.load !== undefined).length
  return `# Components

Generated from the declarations by \`npm run docs\`; never edited by hand.

${running} of ${all.length} components run. The others are known to \`fmt\`, \`validate\`, \`schema\` and \`doc\`; \`run\` refuses them at load.

| Component | Runs | Stability | Takes | Gives |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

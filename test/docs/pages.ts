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

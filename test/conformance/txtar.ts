// Archives of files in one text.

/** The files of a txtar archive, by path. */
export function sectionsOf(archive: string): Record<string, string> {
  const parts = archive.split(/^-- (.+?) --\r?\n/m)
  const sections: Record<string, string> = {}
  for (let i = 1; i < parts.length; i += 2) sections[parts[i]!] = parts[i + 1] ?? ''
  return sections
}

// Text in the language of man pages.

/** A line of running text: nothing in it is taken for a request or an escape. */
export function plain(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll('`', '\\(ga')
    .replace(/\P{ASCII}/gu, (character) => {
      return `\\[u${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`
    })
  return escaped.startsWith('.') ? `\\&${escaped}` : escaped
}

export function bold(text: string): string {
  return `\\fB${plain(text)}\\fR`
}

export function italic(text: string): string {
  return `\\fI${plain(text)}\\fR`
}

/** Blank lines part paragraphs; other line breaks are blanks. */
export function paragraphs(text: string): string[] {
  return text.split(/\n{2,}/).flatMap((paragraph, i) => {
    const line = plain(paragraph.replaceAll('\n', ' ').trim())
    return i === 0 ? [line] : ['.PP', line]
  })
}

/** An entry of a list: `term` is roff already, `text` is plain. */
export function entry(term: string, text: string): string[] {
  return ['.TP', term, plain(text)]
}

/** Lines that are printed as they stand. */
export function verbatim(lines: readonly string[]): string[] {
  return ['.nf', ...lines.map(plain), '.fi']
}

/** Nothing where there is no content. */
export function section(title: string, content: readonly string[]): string[] {
  return content.length === 0 ? [] : [`.SH ${title}`, ...content]
}

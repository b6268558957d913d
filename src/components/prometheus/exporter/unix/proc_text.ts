// The shape of most files of /proc: lines of fields between blanks, with decimal numbers.

/** The lines of a text that are not empty. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

/** The fields of a line, which blanks part. */
export function fieldsOf(line: string): string[] {
  return line.trim().split(/\s+/)
}

/** A decimal number; throws where the text is none, for a wrong sample is worse than none. */
export function numberOf(text: string | undefined): number {
  const value = optionalNumber(text)
  if (value === undefined) throw new Error(`cannot read ${JSON.stringify(text ?? '')} as a number`)
  return value
}

/** A decimal number; undefined where the text is none. */
export function optionalNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return undefined
  return Number(text)
}

/** More CPUs than the kernel can count. */
const rangeMax = 65_536

/** The numbers of a list as the kernel writes it: `0-3,8`. Throws where the text is none. */
export function rangesOf(text: string): number[] {
  const numbers: number[] = []
  for (const part of text.split(',').filter((range) => range !== '')) {
    const [first, last] = part.split('-')
    const end = numberOf(last ?? first)
    if (end > rangeMax) throw new Error(`cannot read ${JSON.stringify(text)} as a list of CPUs`)
    for (let i = numberOf(first); i <= end; i++) numbers.push(i)
  }
  return numbers
}

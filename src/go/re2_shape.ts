// Anchored patterns that need no engine: literals, choices of literals, one wildcard.

/** Decides a whole-text match. */
export interface Shape {
  test(value: string): boolean
  /** The whole match and the group, where it matches. */
  groups(value: string): readonly string[] | undefined
}

/** Characters that stand for themselves, escaped ones among them. */
const text = String.raw`(?:[^\\.+*?()|[\]{}^$]|\\[^a-zA-Z0-9])*`
const texts = String.raw`${text}(?:\|${text})*`
const wildcard = new RegExp(String.raw`^(${text})(\(?)\.([*+])(\)?)(${text})$`)
const choice = new RegExp(String.raw`^(?:\(\?:(${texts})\)|\((${texts})\)|(${texts}))$`)

/** The shape of a pattern that stands in `^(?s:…)$`, if it has one. */
export function shapeOf(pattern: string): Shape | undefined {
  const [found, prefix = '', open, repeat, close, suffix = ''] = wildcard.exec(pattern) ?? []
  if (found !== undefined && (open === '') === (close === '')) {
    return wildcardShape(plain(prefix), plain(suffix), repeat === '+' ? 1 : 0, open !== '')
  }
  const [hasChoice, uncaptured, captured, bare] = choice.exec(pattern) ?? []
  if (hasChoice === undefined) return undefined
  const words = split(uncaptured ?? captured ?? bare ?? '')
  return choiceShape(new Set(words), captured !== undefined)
}

/** At the bars, of which an escaped one is a literal. */
function split(alternatives: string): string[] {
  return (alternatives.match(/\||(?:[^\\|]|\\[\s\S])+/g) ?? []).reduce<string[]>(
    (words, part) => {
      if (part === '|') words.push('')
      else words[words.length - 1] = plain(part)
      return words
    },
    [''],
  )
}

function plain(literal: string): string {
  return literal.replace(/\\([\s\S])/g, '$1')
}

function wildcardShape(prefix: string, suffix: string, min: number, hasGroup: boolean): Shape {
  const length = prefix.length + suffix.length + min
  const test = (value: string): boolean =>
    value.length >= length && value.startsWith(prefix) && value.endsWith(suffix)
  const groups = (value: string): readonly string[] | undefined => {
    if (!test(value)) return undefined
    return hasGroup ? [value, value.slice(prefix.length, value.length - suffix.length)] : [value]
  }
  return { test, groups }
}

function choiceShape(words: ReadonlySet<string>, hasGroup: boolean): Shape {
  const groups = (value: string): readonly string[] | undefined => {
    if (!words.has(value)) return undefined
    return hasGroup ? [value, value] : [value]
  }
  return { test: (value) => words.has(value), groups }
}

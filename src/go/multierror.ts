// Several errors in one text, as components print them that check all before they fail.

/** As `multierror.Error`: how many there are, then each on a line of its own. */
export function multiErrorText(problems: readonly string[]): string {
  const head = problems.length === 1 ? '1 error' : `${problems.length} errors`
  return `${head} occurred:\n${problems.map((problem) => `\t* ${problem}\n`).join('')}\n`
}

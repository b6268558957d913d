// Classes of code points as Go's unicode package knows them: Unicode 15, whatever this Node knows.

/** First and last code points assigned from Unicode 15.1 to 17, which Go 1.26 holds unassigned. */
const assignedLater = parseRanges(
  `88f 897 c5c cdc 1acf-1add 1ae0-1aeb 1b4e-1b4f 1b7f 1c89-1c8a 20c1 2427-2429 2b96 2ffc-2fff
  31e4-31e5 31ef a7cb-a7cf a7d2 a7d4 a7da-a7dc a7f1 fbc3-fbd2 fd90-fd91 fdc8-fdce 105c0-105f3
  10940-10959 10d40-10d65 10d69-10d85 10d8e-10d8f 10ec2-10ec7 10ed0-10ed8 10efa-10efc 11380-11389
  1138b 1138e 11390-113b5 113b7-113c0 113c2 113c5 113c7-113ca 113cc-113d5 113d7-113d8 113e1-113e2
  116d0-116e3 11b60-11b67 11bc0-11be1 11bf0-11bf9 11db0-11ddb 11de0-11de9 11f5a 13460-143fa
  16100-16139 16d40-16d79 16ea0-16eb8 16ebb-16ed3 16ff2-16ff6 187f8-187ff 18cff 18d09-18d1e
  18d80-18df2 1cc00-1ccfc 1cd00-1ceb3 1ceba-1ced0 1cee0-1cef0 1e5d0-1e5fa 1e5ff 1e6c0-1e6de
  1e6e0-1e6f5 1e6fe-1e6ff 1f6d8 1f777-1f77a 1f8b2-1f8bb 1f8c0-1f8c1 1f8d0-1f8d8 1fa54-1fa57
  1fa89-1fa8a 1fa8e-1fa8f 1fabe 1fac6 1fac8 1facd 1fadc 1fadf 1fae9-1faea 1faef 1fbcb-1fbef 1fbfa
  2b73a-2b73f 2cea2-2cead 2ebf0-2ee5d 323b0-33479`,
)

const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u
const letter = /^\p{L}$/u
const digit = /^\p{Nd}$/u

/** Whether `strconv.IsPrint` holds: letters, marks, numbers, punctuation, symbols, the blank. */
export function isPrint(rune: number): boolean {
  if (rune < 0x7f) return rune >= 0x20
  return is(printable, rune)
}

/** Whether `unicode.IsLetter` holds. */
export function isLetter(rune: number): boolean {
  if (rune < 0x80) return (rune | 0x20) >= 0x61 && (rune | 0x20) <= 0x7a
  return is(letter, rune)
}

/** Whether `unicode.IsDigit` holds: decimal digits of any script. */
export function isDigit(rune: number): boolean {
  if (rune < 0x80) return rune >= 0x30 && rune <= 0x39
  return is(digit, rune)
}

/** Whether `unicode.IsSpace` holds. U+FEFF is none, U+0085 is one, unlike in JavaScript. */
export function isSpace(rune: number): boolean {
  if (rune < 0x100)
    return rune === 0x20 || (rune >= 9 && rune <= 13) || rune === 0x85 || rune === 0xa0
  return (
    rune === 0x1680 ||
    (rune >= 0x2000 && rune <= 0x200a) ||
    rune === 0x2028 ||
    rune === 0x2029 ||
    rune === 0x202f ||
    rune === 0x205f ||
    rune === 0x3000
  )
}

/** Whether Go's tables do not know this code point although a newer Unicode does. */
export function isAssignedLater(rune: number): boolean {
  let low = 0
  let high = assignedLater.length >> 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (assignedLater[middle * 2 + 1]! < rune) low = middle + 1
    else high = middle
  }
  return low * 2 < assignedLater.length && assignedLater[low * 2]! <= rune
}

function is(pattern: RegExp, rune: number): boolean {
  return pattern.test(String.fromCodePoint(rune)) && !isAssignedLater(rune)
}

function parseRanges(text: string): Uint32Array {
  const bounds = text.split(/\s+/).flatMap((range) => {
    const [first = '', last = first] = range.split('-')
    return [Number.parseInt(first, 16), Number.parseInt(last, 16)]
  })
  return Uint32Array.from(bounds)
}

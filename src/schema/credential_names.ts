// Names behind which users put credentials, for text that no declaration explains: attributes that
// are misspelt, keys of objects, files that do not parse.

const exact: ReadonlySet<string> = new Set([
  'key',
  'keys',
  'pwd',
  'pass',
  'auth',
  'creds',
  'bearer',
])

const stems = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'credential',
  'cookie',
] as const

const compounds = ['authorization', 'apikey', 'accesskey', 'privatekey'] as const

/** What such a name ends with when its value only says where the credential is. */
const elsewhere = /(?:file|files|path|url|urls|uri|name|id|type|ttl|ref)$/

/** Whether the value of an attribute, header or field of this name is taken for a credential. */
export function isCredentialName(name: string): boolean {
  const words = name.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  if (elsewhere.test(words.at(-1) ?? '')) return false
  return words.some((word) => exact.has(word) || isStem(word))
}

/** A key of an object; `key` alone is as often the name of something. */
export function isCredentialKey(name: string): boolean {
  return name.toLowerCase() !== 'key' && isCredentialName(name)
}

function isStem(word: string): boolean {
  const all = [...stems, ...compounds]
  return all.some((stem) => {
    return word.includes(stem) || isOneEditApart(word, stem) || isOneEditApart(word, `${stem}s`)
  })
}

/** One letter more, fewer or other, or two neighbours exchanged. */
function isOneEditApart(a: string, b: string): boolean {
  let i = 0
  while (i < a.length && a[i] === b[i]) i++
  const restA = a.slice(i)
  const restB = b.slice(i)
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  )
}

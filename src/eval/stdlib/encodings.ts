// `encoding.*`: JSON, YAML, base64 and URL escapes, in Go's words.

import { bytesOf } from '../../go/text.ts'
import { queryEscape, queryUnescape } from '../../go/url.ts'
import { CallError } from '../errors.ts'
import { define, known, text } from '../functions.ts'
import { parseLenientJson } from '../json_path/json.ts'
import { parsePath } from '../json_path/parse.ts'
import { select } from '../json_path/select.ts'
import { guardText } from '../secrecy.ts'
import { Bytes, type FunctionValue } from '../value.ts'
import { decodeYaml } from '../yaml/decode.ts'
import { fromJson } from './from_json.ts'
import { marshal } from './marshal.ts'

export const encodings: readonly FunctionValue[] = [
  define('encoding.from_json', 'any', [text], (json) => telling(() => fromJson(json))),
  define('encoding.from_yaml', 'any', [text], (yaml) => telling(() => decodeYaml(yaml))),
  define('encoding.from_base64', 'array', [text], (base64) => decodeBase64(base64, '+/')),
  define('encoding.from_URLbase64', 'array', [text], (base64) => decodeBase64(base64, '-_')),
  define('encoding.to_base64', 'string', [text], (plain) =>
    Buffer.from(bytesOf(plain)).toString('base64'),
  ),
  define('encoding.to_URLbase64', 'string', [text], (plain) => {
    const base64 = Buffer.from(bytesOf(plain)).toString('base64')
    return base64.replaceAll('+', '-').replaceAll('/', '_')
  }),
  define('encoding.to_json', 'string', [known], (value) => {
    if (!(value instanceof Map)) throw new CallError('jsonEncode only supports map')
    return guardText(marshal(value), [value])
  }),
  define('encoding.url_encode', 'string', [text], queryEscape),
  define('encoding.url_decode', 'string', [text], (encoded) =>
    telling(() => queryUnescape(encoded)),
  ),
]

export const jsonPath = define('json_path', 'array', [text, text], (json, path) =>
  telling(() => {
    const value = parseLenientJson(json)
    return select(parsePath(path), value)
  }),
)

/** Makes the messages of parsers those of the function. */
function telling<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw new CallError((error as Error).message)
  }
}

/** Line ends are skipped. Positions in messages count bytes from 0. */
function decodeBase64(base64: string, alphabet: '+/' | '-_'): Bytes {
  const characters = new RegExp(`^[A-Za-z0-9${alphabet.replace('-', '\\-')}]$`)
  const fail = (at: number) => new CallError(`illegal base64 data at input byte ${at}`)
  const bytes = bytesOf(base64)
  let digits = ''
  let padding = 0
  for (let i = 0; i < bytes.length; i++) {
    const char = String.fromCharCode(bytes[i]!)
    if (char === '\n' || char === '\r') continue
    if (char === '=') {
      // Padding belongs where two or three digits of a group of four stand.
      if (padding === 0 && digits.length % 4 < 2) throw fail(i)
      if ((digits.length + padding) % 4 === 0) throw fail(i)
      padding++
    } else if (padding > 0 || !characters.test(char)) throw fail(i)
    else digits += char
  }
  if ((digits.length + padding) % 4 !== 0) throw fail(bytes.length)
  return new Bytes(new Uint8Array(Buffer.from(digits, alphabet === '+/' ? 'base64' : 'base64url')))
}

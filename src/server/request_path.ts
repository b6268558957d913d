// The path of a request, decoded and cleaned as Go's ServeMux and gorilla/mux do it.

import { posix } from 'node:path'

export type RequestPath =
  | { readonly kind: 'path'; readonly path: string; readonly query: string }
  /** The path had `//`, `.` or `..`: the client is sent to the clean one. */
  | { readonly kind: 'moved'; readonly location: string }
  | { readonly kind: 'bad' }

/** Of a request target such as `/a%2Fb?c`. `query` has its `?`, or is empty. */
export function requestPath(written: string): RequestPath {
  // Clients that take the server for a proxy send the whole URL.
  const target = written.replace(/^https?:\/\/[^/?]*/i, '')
  const mark = target.indexOf('?')
  const raw = mark === -1 ? target : target.slice(0, mark)
  const query = mark === -1 ? '' : target.slice(mark)
  let path: string
  try {
    path = decodeURIComponent(raw)
  } catch {
    return { kind: 'bad' }
  }
  const clean = cleaned(path)
  if (clean !== path) return { kind: 'moved', location: encodeURI(clean) + query }
  return { kind: 'path', path, query }
}

function cleaned(path: string): string {
  const rooted = path.startsWith('/') ? path : `/${path}`
  return posix.normalize(rooted)
}

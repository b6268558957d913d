// The browser UI: files that the build has left in one folder, and index.html for every page of it.
// Source of the behaviour: alloy/internal/web/ui.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { InternalRequest, InternalResponse } from '../engine/internal_network.ts'
import { accepts } from './accepted_encoding.ts'
import { empty, failure, notFound } from './answers.ts'

export interface UiFilesOptions {
  /** Folder with index.html; it need not exist. */
  readonly dir: string
  /** `/`, or `/alloy/`. */
  readonly uiPrefix: string
}

/**
 * Answers a request for `path`, decoded once, without query, below the prefix and without it:
 * empty, or `assets/index-1a2b.js`. What is no file is a page of the UI and gets index.html.
 */
export type UiFiles = (request: InternalRequest, path: string) => Promise<InternalResponse>

/** No script, style, image or connection but our own; nobody may frame the UI. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** Best first. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const

const safety = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

/** What the build gave a hash as its name never changes; everything else is asked for again. */
const immutable = 'public, max-age=31536000, immutable'
const hashed = /^assets\/[^/]+-[\w-]{8}\.\w+$/

/** Lists the folder once: only what is in that list can be answered, whatever a path says. */
export function uiFiles({ dir, uiPrefix }: UiFilesOptions): UiFiles {
  const names = namesBelow(dir)
  if (!names.has('index.html')) return async () => notBuilt()
  const page = indexPage(readFileSync(join(dir, 'index.html'), 'utf8'), uiPrefix)
  return async (request, path) => {
    if (path.includes('\0') || path.split(/[/\\]/).includes('..')) return notFound()
    if (path === 'index.html') return empty(301, { location: './' })
    return names.has(path) ? file(request, dir, path, names) : page(request)
  }
}

function namesBelow(dir: string): ReadonlySet<string> {
  let entries: ReturnType<typeof listed>
  try {
    entries = listed(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set()
    throw error
  }
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
      .map((name) => name.split(sep).join('/')),
  )
}

function listed(dir: string) {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
}

function notBuilt(): InternalResponse {
  return failure(404, 'the browser UI is not part of this build; the API is below api/')
}

/** index.html with its base filled in, so that relative addresses hold on every page. */
function indexPage(text: string, uiPrefix: string) {
  const base = `<base href="${escapeAttribute(uiPrefix)}" />`
  const body = Buffer.from(text.replace('<head>', `<head>${base}`))
  const headers = {
    ...safety,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    etag: etagOf(body),
  }
  return ({ headers: asked }: InternalRequest): InternalResponse =>
    asked['if-none-match'] === headers.etag ? empty(304, headers) : { status: 200, headers, body }
}

async function file(
  request: InternalRequest,
  dir: string,
  name: string,
  names: ReadonlySet<string>,
): Promise<InternalResponse> {
  const accepted = request.headers['accept-encoding'] ?? ''
  const encoding = encodings.find(
    ({ name: coding, suffix }) => accepts(accepted, coding) && names.has(name + suffix),
  )
  const body = await readFile(join(dir, name + (encoding?.suffix ?? '')))
  const headers = {
    ...safety,
    'content-type': contentTypes[extname(name)] ?? 'application/octet-stream',
    'cache-control': hashed.test(name) ? immutable : 'no-cache',
    etag: etagOf(body),
    ...(encodings.some(({ suffix }) => names.has(name + suffix))
      ? { vary: 'Accept-Encoding' }
      : {}),
    ...(encoding === undefined ? {} : { 'content-encoding': encoding.name }),
  }
  if (request.headers['if-none-match'] === headers.etag) return empty(304, headers)
  return { status: 200, headers, body }
}

function etagOf(body: Uint8Array): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
}

function escapeAttribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`)
}

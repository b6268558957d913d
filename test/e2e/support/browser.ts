// A real Chromium, and what it complains about.

import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'

const candidates = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser']

/** Debian's package `chromium`, or what CHROMIUM names. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = candidates.find((path) => path !== '' && existsSync(path))
  if (executablePath === undefined) throw new Error('there is no chromium: install it')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export interface Window {
  readonly page: Page
  /** Errors of the console and of scripts, since the window was opened. */
  readonly errors: string[]
}

export const sizes = {
  wide: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const

export async function openWindow(
  browser: Browser,
  options: { readonly size?: keyof typeof sizes; readonly scheme?: 'light' | 'dark' } = {},
): Promise<Window> {
  const { size = 'wide', scheme = 'light' } = options
  const context = await browser.newContext({ viewport: sizes[size], colorScheme: scheme })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  return { page, errors }
}

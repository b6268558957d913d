import { useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark'

const themes: readonly Theme[] = ['system', 'light', 'dark']
const key = 'alloyts.theme'
const listeners = new Set<() => void>()

let theme: Theme = themes.find((name) => name === localStorage.getItem(key)) ?? 'system'
apply()

function apply(): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

export function useTheme(): Theme {
  return useSyncExternalStore(onThemeChange, () => theme)
}

/** Also hears when the system changes. */
export function onThemeChange(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  listeners.add(listener)
  system.addEventListener('change', listener)
  return () => {
    listeners.delete(listener)
    system.removeEventListener('change', listener)
  }
}

export function nextTheme(): void {
  theme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
  localStorage.setItem(key, theme)
  apply()
  for (const listener of listeners) listener()
}

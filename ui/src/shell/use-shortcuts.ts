import { useEffect, useRef } from 'react'
import { places } from './places.ts'

interface Shortcuts {
  /** While a dialog is open. */
  readonly isBlocked: boolean
  search(): void
  help(): void
  go(path: string): void
}

/** The second key of `g c` must follow within this. */
const chordMs = 1200

/** `/` and Ctrl-K search, `?` shows the keys, `g` and a letter go to a page. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    let chordAt = 0
    const onKey = (event: KeyboardEvent) => {
      const { isBlocked, search, help, go } = latest.current
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        if (!isBlocked) search()
        return
      }
      if (isBlocked || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return
      const isChord = event.timeStamp - chordAt < chordMs
      chordAt = 0
      const place = isChord ? places.find(({ key }) => key === event.key) : undefined
      if (place !== undefined) go(place.path)
      else if (event.key === '/') search()
      else if (event.key === '?') help()
      else if (event.key === 'g') chordAt = event.timeStamp
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { NavLink, useLocation, useNavigate } from 'react-router'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { nextTheme, useTheme } from '../state/theme.ts'
import { Connection } from './connection.tsx'
import { KeyHelp } from './key-help.tsx'
import { Palette } from './palette.tsx'
import { places } from './places.ts'
import { useShortcuts } from './use-shortcuts.ts'

const themeIcons = { system: 'system', light: 'sun', dark: 'moon' } as const

type Dialog = 'none' | 'palette' | 'keys'

export function Shell({ children }: { readonly children: ReactNode }) {
  const [dialog, setDialog] = useState<Dialog>('none')
  const main = useRef<HTMLElement>(null)
  const navigate = useNavigate()
  const close = useCallback(() => setDialog('none'), [])
  useShortcuts({
    isBlocked: dialog !== 'none',
    search: () => setDialog('palette'),
    help: () => setDialog('keys'),
    go: (path) => void navigate(path),
  })
  useScrollTop(main)
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <TopBar openSearch={() => setDialog('palette')} openKeys={() => setDialog('keys')} />
      <Navigation />
      <main ref={main} tabIndex={-1}>
        <Connection />
        {children}
      </main>
      {dialog === 'palette' ? <Palette close={close} /> : null}
      {dialog === 'keys' ? <KeyHelp close={close} /> : null}
    </div>
  )
}

/** A page begins at its top. */
function useScrollTop(main: React.RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the path that changes.
  useEffect(() => {
    void main.current?.scrollTo(0, 0)
  }, [pathname, main])
}

interface TopBarProps {
  openSearch(): void
  openKeys(): void
}

function TopBar({ openSearch, openKeys }: TopBarProps) {
  const { info } = useEngine()
  const theme = useTheme()
  return (
    <header className="topbar">
      <NavLink className="brand" to="/" aria-label="alloyts, overview">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="7" />
          <path d="M7 10h5l8 12h5M7 22h5l3-4.5M17 14.5 20 10h5" />
        </svg>
        <span>alloyts</span>
      </NavLink>
      <span className="topbar-host">{info?.hostname ?? ''}</span>
      <button type="button" className="search-button" onClick={openSearch}>
        <Icon name="search" />
        <span>Search components, targets, pages</span>
        <kbd>/</kbd>
      </button>
      <button type="button" className="button is-icon" aria-label="Keys" onClick={openKeys}>
        <kbd>?</kbd>
      </button>
      <IconButton icon={themeIcons[theme]} label={`Colours: ${theme}`} onPress={nextTheme} />
    </header>
  )
}

function Navigation() {
  const { components, info } = useEngine()
  const sick = components.filter(({ health }) => health.state === 'unhealthy').length
  const off = new Set<string>()
  if (info !== undefined && !info.clustering.enabled) off.add('/clustering')
  if (info !== undefined && !info.remotecfg.enabled) off.add('/remotecfg')
  return (
    <nav className="navigation" aria-label="Pages">
      {places.map(({ path, title, icon }) => (
        <NavLink key={path} to={path} end={path === '/'} className="place">
          <Icon name={icon} />
          <span>{title}</span>
          {path === '/components' && sick > 0 ? (
            <span className="place-count" title={`${sick} unhealthy`}>
              {sick}
              <span className="hidden"> unhealthy</span>
            </span>
          ) : null}
          {off.has(path) ? <span className="place-off">off</span> : null}
        </NavLink>
      ))}
    </nav>
  )
}

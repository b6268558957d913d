import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface PanelProps {
  readonly title: string
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly id?: string
  readonly className?: string
  readonly children: ReactNode
}

export function Panel({ title, note, actions, id, className = '', children }: PanelProps) {
  return (
    <section className={`panel ${className}`} id={id} aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        {note === undefined ? null : <span className="panel-note">{note}</span>}
        <span className="panel-actions">{actions}</span>
      </header>
      {children}
    </section>
  )
}

interface PageProps {
  readonly title: string
  readonly note?: ReactNode
  readonly actions?: ReactNode
  /** Pages whose content scrolls by itself take the height that there is. */
  readonly isFull?: boolean
  readonly children: ReactNode
}

export function Page({ title, note, actions, isFull = false, children }: PageProps) {
  return (
    <div className={isFull ? 'page is-full' : 'page'}>
      <title>{`${title} · alloyts`}</title>
      <header className="page-head">
        <h1>{title}</h1>
        {note === undefined ? null : <span className="page-note">{note}</span>}
        <span className="page-actions">{actions}</span>
      </header>
      {children}
    </div>
  )
}

interface NoticeProps {
  readonly kind: 'empty' | 'problem' | 'note'
  readonly title: string
  readonly children?: ReactNode
}

/** What stands where there is nothing to show. */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div className={`notice is-${kind}`} role={kind === 'problem' ? 'alert' : undefined}>
      <strong>{title}</strong>
      {children === undefined ? null : <div>{children}</div>}
    </div>
  )
}

export function Loading({ what }: { readonly what: string }) {
  return (
    <div className="notice is-loading" role="status">
      Reading {what}…
    </div>
  )
}

interface IconButtonProps {
  readonly icon: IconName
  readonly label: string
  readonly isOn?: boolean
  readonly isTextShown?: boolean
  readonly isDisabled?: boolean
  onPress(): void
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, isOn, isTextShown = false, isDisabled = false, onPress } = props
  return (
    <button
      type="button"
      className={isTextShown ? 'button' : 'button is-icon'}
      aria-label={isTextShown ? undefined : label}
      title={isTextShown ? undefined : label}
      aria-pressed={isOn}
      disabled={isDisabled}
      onClick={onPress}
    >
      <Icon name={icon} />
      {isTextShown ? label : null}
    </button>
  )
}

import { type ReactNode, useEffect, useRef } from 'react'

interface DialogProps {
  readonly label: string
  readonly className: string
  close(): void
  readonly children: ReactNode
}

/** Open from the beginning; the browser keeps the focus inside and gives it back. */
export function Dialog({ label, className, close, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog anyhow.
    <dialog
      ref={ref}
      className={className}
      aria-label={label}
      onClose={close}
      onClick={(event) => {
        if (event.target === ref.current) close()
      }}
    >
      {children}
    </dialog>
  )
}

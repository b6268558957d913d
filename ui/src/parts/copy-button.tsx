import { useEffect, useState } from 'react'
import { IconButton } from './panel.tsx'

/** How long it says that it has copied. */
const saidMs = 1600

export function CopyButton({ text, what }: { text(): string; readonly what: string }) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none')
  useEffect(() => {
    if (outcome === 'none') return
    const timer = setTimeout(() => setOutcome('none'), saidMs)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = async () => setOutcome((await copied(text())) ? 'copied' : 'failed')
  const labels = { none: `Copy ${what}`, copied: 'Copied', failed: 'Cannot copy' }
  return (
    <>
      <IconButton
        icon={outcome === 'copied' ? 'check' : 'copy'}
        label={labels[outcome]}
        onPress={() => void copy()}
      />
      <span className="hidden" role="status">
        {outcome === 'none' ? '' : labels[outcome]}
      </span>
    </>
  )
}

/** Browsers have no clipboard for pages over plain HTTP from other machines. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.className = 'hidden'
    document.body.append(area)
    area.select()
    const isCopied = document.execCommand('copy')
    area.remove()
    return isCopied
  }
}

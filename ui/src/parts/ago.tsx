import { ago, dateTime } from '../text/format.ts'
import { useNow } from './use-now.ts'

/** `3 min ago`, kept up to date. */
export function Ago({ ms }: { readonly ms: number }) {
  const now = useNow(5000)
  if (ms <= 0) return <span className="faint">never</span>
  return (
    <time dateTime={new Date(ms).toISOString()} title={dateTime(ms)}>
      {ago(ms, now)}
    </time>
  )
}

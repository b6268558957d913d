// Figures as people read them.

const suffixes = ['', 'k', 'M', 'G', 'T'] as const

/** `0`, `0.42`, `12`, `4.2k`, `1.3M`. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  let rest = Math.abs(value)
  let step = 0
  while (rest >= 999.5 && step < suffixes.length - 1) {
    rest /= 1000
    step++
  }
  const digits = rest >= 100 || (step === 0 && Number.isInteger(rest)) ? 0 : rest >= 10 ? 1 : 2
  const text = rest
    .toFixed(digits)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
  return `${value < 0 ? '-' : ''}${text}${suffixes[step]}`
}

export function rate(perSecond: number): string {
  return `${shortNumber(perSecond)}/s`
}

const byteSuffixes = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

export function bytes(value: number): string {
  let rest = value
  let step = 0
  while (Math.abs(rest) >= 1024 && step < byteSuffixes.length - 1) {
    rest /= 1024
    step++
  }
  return `${rest.toFixed(step === 0 || rest >= 100 ? 0 : 1)} ${byteSuffixes[step]}`
}

/** `3 ms`, `1.2 s`, `4 min`, `3 h 20 min`, `12 d`. */
export function duration(seconds: number): string {
  if (seconds < 0.001) return seconds === 0 ? '0 s' : '< 1 ms'
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 60) return `${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} d`
}

/** How long ago; empty for 0, which stands for never. */
export function ago(ms: number, nowMs: number): string {
  if (ms <= 0) return ''
  const seconds = Math.max(0, Math.floor((nowMs - ms) / 1000))
  return seconds < 2 ? 'now' : `${duration(seconds)} ago`
}

/** `14:02:33`. */
export function clockTime(ms: number): string {
  return new Date(ms).toLocaleTimeString([], { hour12: false })
}

/** `2026-11-24 14:02:33`, in the time of whoever looks. */
export function dateTime(ms: number): string {
  if (ms <= 0) return 'never'
  const date = new Date(ms)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`
}

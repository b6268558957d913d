// Sizes as alecthomas/units writes them: `10MiB`, `1KiB512B`. All units are powers of 1024.

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const

/** By every spelling: `KiB`, `kiB`, `KB` and `kB` are the same. */
const sizeOf: ReadonlyMap<string, bigint> = new Map(
  units.flatMap((unit, i) => {
    const size = 1024n ** BigInt(i)
    const old = unit.replace('iB', 'B')
    const spellings = i === 1 ? [unit, old, `k${unit.slice(1)}`, `k${old.slice(1)}`] : [unit, old]
    return spellings.map((spelling) => [spelling, size] as const)
  }),
)

/** Throws `units: …` for what is not a sum of numbers with units; `0` needs none. */
export function parseBase2Bytes(text: string): bigint {
  const sign = /^[-+]/.exec(text)?.[0] ?? ''
  let rest = text.slice(sign.length)
  if (rest === '0') return 0n
  if (rest === '') throw new Error(`units: invalid ${text}`)
  let sum = 0
  while (rest !== '') {
    const number = /^(\d+\.?\d*|\.\d+)/.exec(rest)?.[0]
    if (number === undefined) throw new Error(`units: invalid ${text}`)
    rest = rest.slice(number.length)
    const unit = /^[^\d.]*/.exec(rest)![0]
    const size = sizeOf.get(unit)
    if (size === undefined) throw new Error(`units: unknown unit ${unit} in ${text}`)
    rest = rest.slice(unit.length)
    sum += Number(number) * Number(size)
  }
  return BigInt(Math.trunc(sign === '-' ? -sum : sum))
}

/** Whole numbers of every unit, the largest first. */
export function formatBase2Bytes(bytes: bigint): string {
  if (bytes === 0n) return '0B'
  let rest = bytes < 0n ? -bytes : bytes
  let text = bytes < 0n ? '-' : ''
  for (let i = units.length - 1; i >= 0; i--) {
    const size = 1024n ** BigInt(i)
    if (rest >= size) text += `${rest / size}${units[i]}`
    rest %= size
  }
  return text
}

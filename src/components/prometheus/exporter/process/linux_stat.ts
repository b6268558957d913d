// What Linux tells about a process or thread in its small text files.
// Source of the formats: proc(5).

export interface ProcessStat {
  /** Up to 15 bytes, with whatever the process put there: blanks, parentheses, line breaks. */
  readonly comm: string
  /** `R`, `S`, `D`, `Z`, … */
  readonly state: string
  readonly parentPid: number
  readonly minorFaults: number
  readonly majorFaults: number
  readonly userTicks: number
  readonly systemTicks: number
  readonly threadCount: number
  /** Ticks since boot. With the pid it tells a process from all others. */
  readonly startTicks: number
  readonly virtualBytes: number
  readonly residentPages: number
}

/** Undefined where the text is no `/proc/PID/stat`. */
export function parseStat(text: string): ProcessStat | undefined {
  const open = text.indexOf('(')
  // A command may hold parentheses itself; what follows it does not.
  const close = text.lastIndexOf(')')
  if (open < 0 || close < open) return undefined
  const fields = text
    .slice(close + 1)
    .trim()
    .split(' ')
  // Fields are counted from 1 in the manual, and the first here is its third.
  const field = (number: number): number => Number(fields[number - 3])
  const stat: ProcessStat = {
    comm: text.slice(open + 1, close),
    state: fields[0] ?? '',
    parentPid: field(4),
    minorFaults: field(10),
    majorFaults: field(12),
    userTicks: field(14),
    systemTicks: field(15),
    threadCount: field(20),
    startTicks: field(22),
    virtualBytes: field(23),
    residentPages: field(24),
  }
  const { comm, state, ...numbers } = stat
  const isWhole = state.length === 1 && Object.values(numbers).every(Number.isFinite)
  return isWhole ? stat : undefined
}

export interface ProcessStatus {
  readonly effectiveUid: string
  readonly swappedBytes: number
  readonly voluntarySwitches: number
  readonly nonvoluntarySwitches: number
}

export function parseStatus(text: string): ProcessStatus {
  const values = keyedLines(text)
  return {
    effectiveUid: values.get('Uid')?.split('\t')[1] ?? '',
    swappedBytes: leadingNumber(values.get('VmSwap')) * 1024,
    voluntarySwitches: leadingNumber(values.get('voluntary_ctxt_switches')),
    nonvoluntarySwitches: leadingNumber(values.get('nonvoluntary_ctxt_switches')),
  }
}

/** Bytes that storage really saw. */
export function parseIo(text: string): { readBytes: number; writeBytes: number } {
  const values = keyedLines(text)
  return {
    readBytes: leadingNumber(values.get('read_bytes')),
    writeBytes: leadingNumber(values.get('write_bytes')),
  }
}

/** Of `smaps_rollup`, or of `smaps`, whose mappings are summed up. */
export function parseSmaps(text: string): { residentBytes: number; swappedBytes: number } {
  let residentKb = 0
  let swappedKb = 0
  for (const line of text.split('\n')) {
    if (line.startsWith('Pss:')) residentKb += leadingNumber(line.slice(4))
    else if (line.startsWith('SwapPss:')) swappedKb += leadingNumber(line.slice(8))
  }
  return { residentBytes: residentKb * 1024, swappedBytes: swappedKb * 1024 }
}

/** The soft limit of open files; infinite where there is none. */
export function parseFileLimit(text: string): number | undefined {
  const soft = /^Max open files\s+(\S+)/m.exec(text)?.[1]
  if (soft === undefined) return undefined
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
}

/** The paths of a process' control groups, one for each hierarchy. */
export function parseCgroups(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(':').slice(2).join(':'))
}

/** Names by numeric user id, of a file like /etc/passwd. */
export function parseUsers(text: string): ReadonlyMap<string, string> {
  const users = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [name, , uid] = line.split(':')
    if (name !== undefined && uid !== undefined && !users.has(uid)) users.set(uid, name)
  }
  return users
}

function keyedLines(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) values.set(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  return values
}

function leadingNumber(text = ''): number {
  const value = Number.parseInt(text, 10)
  return Number.isNaN(value) ? 0 : value
}

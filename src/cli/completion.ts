// Scripts that complete commands, flags and the names of components.

export interface CompletedCommand {
  /** As typed: `tools eval`. */
  readonly words: string
  readonly summary: string
  /** With their dashes. */
  readonly flags: readonly string[]
  /** What its arguments are. */
  readonly takes: 'components' | 'files'
}

export interface Completed {
  readonly bin: string
  readonly commands: readonly CompletedCommand[]
  /** Names of components and configuration blocks. */
  readonly names: readonly string[]
}

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

export function completionScript(shell: Shell, completed: Completed): string {
  switch (shell) {
    case 'bash':
      return bashScript(completed)
    case 'zsh':
      return `#compdef ${completed.bin}\n${likeBash}${bashScript(completed)}`
    case 'fish':
      return fishScript(completed)
  }
}

const likeBash = 'autoload -U +X bashcompinit && bashcompinit\n'

/** What may follow each beginning of a command: `''`, `tools`. */
function branchesOf(commands: readonly CompletedCommand[]): Map<string, Set<string>> {
  const branches = new Map<string, Set<string>>()
  for (const { words } of commands) {
    const path = words.split(' ')
    for (let i = 0; i < path.length; i++) {
      const above = path.slice(0, i).join(' ')
      branches.set(above, (branches.get(above) ?? new Set()).add(path[i]!))
    }
  }
  return branches
}

function bashScript({ bin, commands, names }: Completed): string {
  const branches = branchesOf(commands)
  const paths = [...new Set([...branches.keys(), ...commands.map(({ words }) => words)])]
  const known = paths.filter((path) => path !== '').map((path) => `"${path}"`)
  const inner = [...branches].map(([path, words]) => {
    return `    "${path}") COMPREPLY=($(compgen -W "${[...words].join(' ')}" -- "$cur"));;`
  })
  const leaves = commands.map(({ words, flags, takes }) => {
    const rest = takes === 'components' ? `-W "$names"` : '-f'
    return [
      `    "${words}")`,
      `      if [[ "$cur" == -* ]]; then COMPREPLY=($(compgen -W "${flags.join(' ')}" -- "$cur"))`,
      `      else COMPREPLY=($(compgen ${rest} -- "$cur")); fi;;`,
    ].join('\n')
  })
  return `_${bin}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" path="" word next
  local names="${names.join(' ')}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    next="\${path:+$path }$word"
    case "$next" in ${known.join('|')}) path="$next";; esac
  done
  case "$path" in
${[...inner, ...leaves].join('\n')}
  esac
}
complete -o bashdefault -F _${bin} ${bin}
`
}

function fishScript({ bin, commands, names }: Completed): string {
  const lines = [`complete -c ${bin} -f`]
  for (const [path, words] of branchesOf(commands)) {
    for (const word of words) {
      const full = path === '' ? word : `${path} ${word}`
      const summary = commands.find((command) => command.words === full)?.summary ?? ''
      const when =
        path === ''
          ? '__fish_use_subcommand'
          : `__fish_seen_subcommand_from ${path.split(' ').at(-1)}`
      lines.push(`complete -c ${bin} -n '${when}' -a ${word} -d ${quoted(summary)}`)
    }
  }
  for (const { words, flags, takes } of commands) {
    const when = `__fish_seen_subcommand_from ${words.split(' ').at(-1)}`
    for (const flag of flags.filter((each) => each.startsWith('--'))) {
      lines.push(`complete -c ${bin} -n '${when}' -l ${flag.slice(2)}`)
    }
    lines.push(
      takes === 'components'
        ? `complete -c ${bin} -n '${when}' -a ${quoted(names.join(' '))}`
        : `complete -c ${bin} -n '${when}' -F`,
    )
  }
  return `${lines.join('\n')}\n`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`
}

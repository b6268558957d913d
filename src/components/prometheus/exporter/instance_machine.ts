/** The machine's name in the label `instance`. The variable comes first: containers set it. */
export function machineName(hostname: string, variable: string | undefined): string {
  return variable || hostname
}

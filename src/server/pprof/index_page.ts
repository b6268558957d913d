// The page at /debug/pprof/, which says what there is.

const profiles: readonly (readonly [path: string, about: string])[] = [
  ['allocs?seconds=10', 'What is allocated within the time given, what is gone again included'],
  ['block?seconds=10', 'How late the event loop was within the time given'],
  ['cmdline', 'The command line of this process'],
  ['goroutine?debug=1', 'What keeps the process busy: timers, sockets, requests under way'],
  ['goroutine?debug=2', 'The same, with memory and event loop, for people'],
  ['heap?debug=1', 'What the process holds in memory, and who allocated it just now'],
  ['mutex?debug=1', 'Nothing: there are no locks'],
  ['profile?seconds=10', 'Where processor time goes within the time given (30 s without)'],
  ['/debug/fgprof?seconds=10', 'Where time goes, waiting included'],
]

export function pprofIndex(): string {
  const rows = profiles.map(([path, about]) => {
    const name = path.replace(/^.*\/|\?.*$/g, '')
    return `<tr><td><a href="${path}">${name}</a></td><td>${about}</td></tr>\n`
  })
  return (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' +
    '<title>/debug/pprof/</title>\n</head>\n<body>\n<h1>/debug/pprof/</h1>\n' +
    '<p>Profiles for <code>go tool pprof</code> and its like; with <code>debug=1</code> as ' +
    `text.</p>\n<table>\n${rows.join('')}</table>\n</body>\n</html>\n`
  )
}

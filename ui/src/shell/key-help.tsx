import { IconButton } from '../parts/panel.tsx'
import { Dialog } from './dialog.tsx'
import { places } from './places.ts'

const general = [
  ['/', 'search everything'],
  ['Ctrl K', 'search everything'],
  ['?', 'these keys'],
  ['↑ ↓', 'move in tables and lists'],
  ['Enter', 'open what is chosen'],
  ['Esc', 'close, or give up the choice'],
] as const

const graph = [
  ['← → ↑ ↓', 'go along the flow, or to the neighbour'],
  ['Shift ← → ↑ ↓', 'move the picture'],
  ['+ −', 'zoom'],
  ['0', 'show all'],
  ['F', 'show only what is connected'],
  ['Space', 'open or close a module'],
] as const

export function KeyHelp({ close }: { close(): void }) {
  return (
    <Dialog label="Keys" className="key-help" close={close}>
      <header>
        <h2>Keys</h2>
        <IconButton icon="close" label="Close" onPress={close} />
      </header>
      <div className="key-columns">
        <KeyList title="Everywhere" keys={general} />
        <KeyList title="Go to" keys={places.map(({ key, title }) => [`g ${key}`, title])} />
        <KeyList title="In the graph" keys={graph} />
      </div>
    </Dialog>
  )
}

interface KeyListProps {
  readonly title: string
  readonly keys: readonly (readonly [string, string])[]
}

function KeyList({ title, keys }: KeyListProps) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

import { useSearchParams } from 'react-router'
import { Icon } from './icon.tsx'

/** A part of the address, so that what one sees can be sent to others; the default is left out. */
export function useQueryField(name: string): readonly [string, (value: string) => void] {
  const [params, setParams] = useSearchParams()
  const set = (value: string) => {
    setParams(
      (old) => {
        const next = new URLSearchParams(old)
        if (value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  }
  return [params.get(name) ?? '', set]
}

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  set(value: string): void
}

export function SearchField({ label, value, set }: SearchFieldProps) {
  return (
    <span className="search-field">
      <Icon name="search" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        spellCheck={false}
        onChange={(event) => set(event.target.value)}
      />
    </span>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  /** What is written for each value; the empty one stands for all. */
  readonly options: readonly (readonly [value: string, title: string])[]
  set(value: string): void
}

export function Choice({ label, value, options, set }: ChoiceProps) {
  return (
    <label className="choice">
      <span>{label}</span>
      <select value={value} onChange={(event) => set(event.target.value)}>
        {options.map(([each, title]) => (
          <option key={each} value={each}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
}

interface ToggleProps extends Omit<ChoiceProps, 'options'> {
  readonly options: readonly {
    readonly value: string
    readonly title: string
    readonly count?: number
    readonly tone?: string
  }[]
}

/** A few values side by side, with how many there are of each. */
export function Toggles({ label, value, options, set }: ToggleProps) {
  return (
    <div className="toggles" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          className={option.tone === undefined ? '' : `is-${option.tone}`}
          onClick={() => set(option.value === value ? '' : option.value)}
        >
          {option.title}
          {option.count === undefined ? null : <b>{option.count.toLocaleString('en')}</b>}
        </button>
      ))}
    </div>
  )
}

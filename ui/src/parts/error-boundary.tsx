import { Component, type ReactNode } from 'react'
import { Notice } from './panel.tsx'

interface State {
  readonly problem: string
}

/** A page that fails says so; after an update of the server its files are others. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { problem: '' }

  static getDerivedStateFromError(error: unknown): State {
    return { problem: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    if (this.state.problem === '') return this.props.children
    return (
      <Notice kind="problem" title="This page has failed.">
        <p>{this.state.problem}</p>
        <p>The server may have been updated since the page was opened.</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          Load it again
        </button>
      </Notice>
    )
  }
}

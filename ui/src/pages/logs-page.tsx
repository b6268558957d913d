import { Notice, Page } from '../parts/panel.tsx'

export default function LogsPage(_: { readonly isRemote?: boolean }) {
  return (
    <Page title="Logs">
      <Notice kind="note" title="…" />
    </Page>
  )
}

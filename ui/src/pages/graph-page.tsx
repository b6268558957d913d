import { Notice, Page } from '../parts/panel.tsx'

export default function GraphPage(_: { readonly isRemote?: boolean }) {
  return (
    <Page title="Graph">
      <Notice kind="note" title="…" />
    </Page>
  )
}

import { Notice, Page } from '../parts/panel.tsx'

export default function ConfigPage(_: { readonly isRemote?: boolean }) {
  return (
    <Page title="Config">
      <Notice kind="note" title="…" />
    </Page>
  )
}

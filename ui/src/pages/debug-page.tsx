import { Notice, Page } from '../parts/panel.tsx'

export default function DebugPage(_: { readonly isRemote?: boolean }) {
  return (
    <Page title="Debug">
      <Notice kind="note" title="…" />
    </Page>
  )
}

import { Notice, Page } from '../parts/panel.tsx'

export default function TargetsPage(_: { readonly isRemote?: boolean }) {
  return (
    <Page title="Targets">
      <Notice kind="note" title="…" />
    </Page>
  )
}

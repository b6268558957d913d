import { Notice, Page } from '../parts/panel.tsx'

export default function ComponentPage(_: { readonly isRemote?: boolean }) {
  return (
    <Page title="Component">
      <Notice kind="note" title="…" />
    </Page>
  )
}

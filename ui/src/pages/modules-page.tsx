import { Notice, Page } from '../parts/panel.tsx'

export default function ModulesPage(_: { readonly isRemote?: boolean }) {
  return (
    <Page title="Modules">
      <Notice kind="note" title="…" />
    </Page>
  )
}

import { Notice, Page } from '../parts/panel.tsx'

export default function ClusteringPage(_: { readonly isRemote?: boolean }) {
  return (
    <Page title="Clustering">
      <Notice kind="note" title="…" />
    </Page>
  )
}

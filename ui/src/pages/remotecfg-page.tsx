import { Notice, Page } from '../parts/panel.tsx'

export default function RemotecfgPage(_: { readonly isRemote?: boolean }) {
  return (
    <Page title="Remotecfg">
      <Notice kind="note" title="…" />
    </Page>
  )
}

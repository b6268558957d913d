import type { Peer } from '../../../src/client/client.ts'
import { client } from '../api/client.ts'
import { type Column, DataTable } from '../parts/data-table.tsx'
import { Loading, Notice, Page } from '../parts/panel.tsx'
import { useEngine } from '../state/engine.ts'
import { useResource } from '../state/resource.ts'
import { count } from '../text/format.ts'

const pollMs = 5000

const columns: readonly Column<Peer>[] = [
  {
    key: 'name',
    title: 'Node',
    width: 'minmax(0, 2fr)',
    show: ({ name, isSelf }) => (
      <span>
        {name} {isSelf ? <span className="faint">this one</span> : null}
      </span>
    ),
  },
  {
    key: 'addr',
    title: 'Address',
    width: 'minmax(0, 2fr)',
    show: ({ addr }) => <code>{addr}</code>,
  },
  { key: 'state', title: 'State', width: '100px', show: ({ state }) => state },
]

export default function ClusteringPage() {
  const { info } = useEngine()
  const peers = useResource('', (signal) => client.peers(signal), pollMs)
  const { value } = peers
  const isOff = info?.clustering.enabled === false
  return (
    <Page
      title="Clustering"
      isFull
      note={value === undefined || isOff ? '' : count(value.length, 'node')}
    >
      {isOff ? (
        <Notice kind="note" title="Clustering is off.">
          This node works alone. <code>run --cluster.enabled</code> makes it one of many, where the
          configuration runs in clustering mode.
        </Notice>
      ) : null}
      {value === undefined ? (
        peers.isLoading ? (
          <Loading what="the nodes" />
        ) : (
          <Notice kind="problem" title={peers.problem} />
        )
      ) : (
        <DataTable
          label="Nodes"
          columns={columns}
          count={value.length}
          row={(i) => value[i]}
          rowKey={({ name }) => name}
        />
      )}
    </Page>
  )
}

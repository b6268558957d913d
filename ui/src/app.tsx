import { lazy, Suspense } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import { basePath } from './api/client.ts'
import { ComponentsPage } from './pages/components-page.tsx'
import { OverviewPage } from './pages/overview-page.tsx'
import { ErrorBoundary } from './parts/error-boundary.tsx'
import { Loading, Notice, Page } from './parts/panel.tsx'
import { Shell } from './shell/shell.tsx'

const ComponentPage = lazy(() => import('./pages/component-page.tsx'))
const GraphPage = lazy(() => import('./pages/graph-page.tsx'))
const TargetsPage = lazy(() => import('./pages/targets-page.tsx'))
const DebugPage = lazy(() => import('./pages/debug-page.tsx'))
const LogsPage = lazy(() => import('./pages/logs-page.tsx'))
const ConfigPage = lazy(() => import('./pages/config-page.tsx'))
const ModulesPage = lazy(() => import('./pages/modules-page.tsx'))
const ClusteringPage = lazy(() => import('./pages/clustering-page.tsx'))
const RemotecfgPage = lazy(() => import('./pages/remotecfg-page.tsx'))

export function App() {
  return (
    <BrowserRouter basename={basePath.replace(/\/$/, '')}>
      <Shell>
        <ErrorBoundary>
          <Suspense fallback={<Loading what="the page" />}>
            <Pages />
          </Suspense>
        </ErrorBoundary>
      </Shell>
    </BrowserRouter>
  )
}

/** The paths of Alloy's own UI are kept, so that bookmarks hold. */
function Pages() {
  return (
    <Routes>
      <Route path="/" element={<OverviewPage />} />
      <Route path="/components" element={<ComponentsPage />} />
      <Route path="/component/*" element={<ComponentPage />} />
      <Route path="/graph/*" element={<GraphPage />} />
      <Route path="/targets" element={<TargetsPage />} />
      <Route path="/debug/*" element={<DebugPage />} />
      <Route path="/logs" element={<LogsPage />} />
      <Route path="/config" element={<ConfigPage />} />
      <Route path="/modules" element={<ModulesPage />} />
      <Route path="/clustering" element={<ClusteringPage />} />
      <Route path="/remotecfg" element={<RemotecfgPage />} />
      <Route path="/remotecfg/component/*" element={<ComponentPage isRemote />} />
      <Route path="*" element={<UnknownPage />} />
    </Routes>
  )
}

function UnknownPage() {
  return (
    <Page title="No such page">
      <Notice kind="empty" title="There is no page at this address.">
        Choose one in the navigation, or press / to search.
      </Notice>
    </Page>
  )
}

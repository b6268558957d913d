import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { followEngine } from './state/engine.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/parts.css'
import './styles/pages.css'
import './styles/graph.css'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no place for the UI')
void followEngine()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)

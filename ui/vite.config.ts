// The browser UI. `npm run build` puts it into dist/ui; `npm run ui` serves it to those who work on
// it, over an alloyts or Alloy at ALLOYTS_URL, or over made-up data.

import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type PluginOption } from 'vite'

const url = process.env.ALLOYTS_URL

function fixture(): PluginOption {
  return {
    name: 'fixture',
    apply: 'serve',
    async configureServer(server) {
      const { fixtureApi } = await import('../test/ui/support/fixture_api.ts')
      const api = fixtureApi()
      server.middlewares.use((request, response, next) => {
        if (!api.answer(request, response)) next()
      })
    },
  }
}

/** As the server does, so that pages below `/component/` find their files. */
const base: PluginOption = {
  name: 'base',
  apply: 'serve',
  transformIndexHtml: () => [{ tag: 'base', attrs: { href: '/' }, injectTo: 'head-prepend' }],
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react(), base, ...(url === undefined ? [fixture()] : [])],
  server: {
    proxy: url === undefined ? {} : { '/api': url, '/-/': url, '/docs': url },
  },
  build: {
    outDir: fileURLToPath(new URL('../dist/ui', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})

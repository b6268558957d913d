// Bundles the program into dist/, and the tools of test/ (bench, conformance, docs) into
// dist-test/. Every command is an entry of its own and shared code becomes chunks, so that a
// command loads only what it needs.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Plugin } from '@oclif/core/config'
import glob from 'fast-glob'
import { rolldown } from 'rolldown'
import { buildUi } from './build-ui.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const define = { __ALLOYTS_VERSION__: JSON.stringify(manifest.version) }

/** Ink finds its layout engine, and React its two builds, by their own files. */
const external = [/^node:/, /^ink$/, /^react(\/|$)/, 'prom-client', 'snappyjs']

async function bundle(input, dir) {
  rmSync(`${root}${dir}`, { recursive: true, force: true })
  const build = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    preserveEntrySignatures: 'allow-extension',
    external,
    transform: { define },
    logLevel: 'warn',
  })
  await build.write({
    dir: `${root}${dir}`,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: true,
    codeSplitting: {
      groups: [
        {
          debugName: 'declarations',
          name: declarationsOf,
          test: /\/src\/components\//,
        },
      ],
      includeDependenciesRecursively: false,
    },
  })
  await build.close()
}

/** Folders of what runs a component, or what is shared by several: `common/relabel/`. */
const behind = glob
  .sync('src/components/**/', { cwd: root, onlyDirectories: true })
  .filter((dir) => existsSync(`${root}${dir}/run.ts`) || existsSync(`${root}${dir}.ts`))
  .map((dir) => `${root}${dir}/`)

/**
 * The declarations of a namespace are one chunk, and so is what they share: a file for each would
 * cost more to open than to read. What runs a component stays apart.
 */
function declarationsOf(id) {
  if (behind.some((folder) => id.startsWith(folder))) return null
  const [, path = ''] = /\/src\/components\/(.*)\.ts$/.exec(id) ?? []
  const [first, second, third] = path.split('/')
  if (second === undefined) return null
  const hasFolders = first === 'otelcol' || first === 'prometheus'
  return `declare_${third !== undefined && hasFolders ? `${first}_${second}` : first}`
}

/** `{ "commands/tools/eval": "commands/tools/eval.ts" }` for every file that `pattern` matches. */
function entries(pattern) {
  const files = glob.sync(pattern, { cwd: root })
  return Object.fromEntries(files.sort().map((file) => [file.replace(/\.ts$/, ''), file]))
}

/** Lists the commands for oclif, which would otherwise load all of them to run one. */
async function writeManifest() {
  const file = `${root}oclif.manifest.json`
  rmSync(file, { force: true })
  const plugin = new Plugin({ root, errorOnManifestCreate: true, respectNoCacheDefault: true })
  await plugin.load()
  writeFileSync(file, `${JSON.stringify(plugin.manifest, undefined, 2)}\n`)
}

const tools = {
  bench: 'test/bench/main.ts',
  bench_plain_agent: 'test/bench/rig/plain_agent.ts',
  bench_sink: 'test/bench/rig/sink.ts',
  bench_targets: 'test/bench/rig/targets.ts',
  conformance: 'test/conformance/main.ts',
  docs: 'test/docs/main.ts',
}
const present = Object.fromEntries(
  Object.entries(tools).filter(([, file]) => existsSync(`${root}${file}`)),
)
const program = { cli: 'src/cli/main.ts', ...entries('commands/**/*.ts') }

await bundle(program, 'dist')
if (Object.keys(present).length > 0) await bundle(present, 'dist-test')
writeFileSync(`${root}dist/package.json`, '{ "type": "module" }\n')
await writeManifest()
await buildUi()

import { basename, join } from 'node:path'
import { type BuildOptions, build, stop } from 'esbuild'
import { Fault } from '#domain/fault.ts'
import { type Asset, asset } from './assets.ts'
import { smallStyles } from './small-styles.ts'
import { readTexts } from './texts.ts'

/** Browsers of the last three years: what `adoptedStyleSheets` and logical properties need anyway. */
const TARGET = ['chrome111', 'firefox111', 'safari16.4']

const SHARED: BuildOptions = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  legalComments: 'none',
  target: TARGET,
  charset: 'utf8',
  logLevel: 'silent',
  plugins: [smallStyles()],
}

/** What browsers run, by the path it is served at; one part that cannot be built does not take the others along. */
export type Bundles = {
  widget: Built
  console: Built
  demo: Built
}
/** `entries`: the path of each entry by its source's name (`console.ts`). */
export type Built =
  | { state: 'ready'; files: ReadonlyMap<string, Asset>; entries: ReadonlyMap<string, string> }
  | { state: 'down'; fault: Fault }

/**
 * Bundles what lies in `folder` (`web/`), in memory. Never throws for what does not build: the part says what is wrong in its
 * Fault operator `app.web.unbuildable`. Throws the signal's reason when aborted.
 */
export async function buildBundles(folder: string, signal: AbortSignal): Promise<Bundles> {
  signal.throwIfAborted()
  try {
    const [widget, console, demo] = await Promise.all([
      outcome('widget', () => buildWidget(folder), signal),
      outcome('console', () => buildPart(folder, '/console', ['console/console.ts', 'console/console.css']), signal),
      outcome('demo', () => buildPart(folder, '/demo/assets', ['demo/shop.css', 'demo/shop.ts']), signal),
    ])
    signal.throwIfAborted()
    return { widget, console, demo }
  } finally {
    // The bundler is a process of its own; nothing needs it from here on.
    await stop()
  }
}

type Files = { files: Map<string, Asset>; entries: Map<string, string> }
/** `atOnce`: paths of each script together with what it imports before it runs, by the path of the script. */
type Bundle = Files & { atOnce: Map<string, string[]> }

async function outcome(part: string, make: () => Promise<Files>, signal: AbortSignal): Promise<Built> {
  try {
    signal.throwIfAborted()
    return { state: 'ready', ...(await make()) }
  } catch (error) {
    return {
      state: 'down',
      fault: new Fault({
        kind: 'operator',
        code: 'app.web.unbuildable',
        message: `The ${part} could not be bundled: ${error instanceof Error ? error.message : String(error)}`,
        cause: error,
      }),
    }
  }
}

/** The panel knows where texts and later styles lie, the loader where all of it lies, so they are made in that order. */
async function buildWidget(folder: string): Promise<Files> {
  const texts = await readTexts(join(folder, 'widget/texts'))
  const styles = ['panel.css', 'later.css'].map((sheet) => join(folder, 'widget/styles', sheet))
  const sheets = await bundle(folder, '/widget', styles, {})
  const path = (name: string) => JSON.stringify(sheets.entries.get(name) ?? '')
  const panel = await bundle(folder, '/widget', [join(folder, 'widget/panel.ts')], {
    format: 'esm',
    splitting: true,
    define: { PURSER_TEXTS: JSON.stringify(texts.at), PURSER_LATER_SHEET: path('later.css') },
  })
  const loader = await build({
    ...SHARED,
    absWorkingDir: folder,
    entryPoints: [join(folder, 'loader/loader.ts')],
    format: 'iife',
    define: {
      PURSER_SCRIPTS: JSON.stringify(panel.atOnce.get(panel.entries.get('panel.ts') ?? '')),
      PURSER_SHEET: path('panel.css'),
      PURSER_TEXTS: JSON.stringify(texts.at),
    },
  })
  const files = new Map([...panel.files, ...sheets.files, ...texts.files])
  const [script] = loader.outputFiles ?? []
  if (script) files.set('/widget.js', asset('widget.js', script.contents, { immutable: false, shared: true }))
  return { files, entries: new Map([...panel.entries, ...sheets.entries, ['loader.ts', '/widget.js']]) }
}

async function buildPart(folder: string, at: string, sources: string[]): Promise<Files> {
  const files = sources.map((source) => join(folder, source))
  return bundle(folder, at, files, { format: 'esm', splitting: true })
}

async function bundle(folder: string, at: string, entryPoints: string[], options: BuildOptions): Promise<Bundle> {
  const result = await build({
    ...SHARED,
    ...options,
    // Names are hashed with paths as seen from here, so that they are the same wherever the product is installed.
    absWorkingDir: folder,
    entryPoints,
    outdir: join(folder, 'built'),
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    assetNames: '[name]-[hash]',
  })
  const files = new Map<string, Asset>()
  for (const { path, contents } of result.outputFiles ?? []) {
    const name = basename(path)
    files.set(`${at}/${name}`, asset(name, contents, { immutable: true, shared: at === '/widget' }))
  }
  const entries = new Map<string, string>()
  const atOnce = new Map<string, string[]>()
  const served = (path: string) => `${at}/${basename(path)}`
  for (const [path, { entryPoint, imports }] of Object.entries(result.metafile?.outputs ?? {})) {
    if (entryPoint) entries.set(basename(entryPoint), served(path))
    const first = imports.filter(({ kind }) => kind === 'import-statement')
    atOnce.set(served(path), [path, ...first.map((each) => each.path)].map(served))
  }
  return { files, entries, atOnce }
}

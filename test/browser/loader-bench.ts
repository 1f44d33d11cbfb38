import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildBundles } from '../../src/app/web/bundles.ts'
import { webPages } from '../../src/app/web/pages.ts'

/** A panel that only writes down what the loader does with it, so that the loader is tested alone. */
const STUB_PANEL = `
export function mountPanel(host) {
  const said = (window.said ??= [])
  window.spoken = host.texts.language
  said.push(['mount', host.publicKey, host.locale, host.theme, host.identityToken(), host.siteRewrite, host.baseUrl])
  const box = document.createElement('div')
  box.className = 'stub'
  box.hidden = true
  // As the panel does, it stands at its own place: the element itself has no size.
  for (const [name, value] of [['position', 'fixed'], ['inset', '20px auto auto 20px'], ['width', '200px']]) box.style.setProperty(name, value)
  box.append(Object.assign(document.createElement('button'), { textContent: 'Close', onclick: () => { box.hidden = true; host.closed() } }))
  host.root.append(box)
  window.unread = (count) => host.unread(count)
  window.follow = (open) => host.follow(open)
  return {
    open() { box.hidden = false; said.push(['open']); box.firstChild.focus() },
    close() { box.hidden = true; said.push(['close']) },
    ask(text) { said.push(['ask', text]) },
    dispose() { box.remove(); said.push(['dispose']) },
  }
}`

/** The loader as it is served, in front of a panel that is a stub. */
export async function loaderBench() {
  const signal = new AbortController().signal
  const folder = mkdtempSync(join(tmpdir(), 'purser-web-'))
  mkdirSync(join(folder, 'widget'))
  for (const part of ['styles', 'texts']) mkdirSync(join(folder, 'widget', part))
  writeFileSync(join(folder, 'widget/panel.ts'), STUB_PANEL)
  for (const sheet of ['panel', 'later'])
    writeFileSync(join(folder, `widget/styles/${sheet}.css`), '.stub { color: red }')
  writeFileSync(join(folder, 'widget/texts/en.ts'), 'export default {}')
  for (const part of ['loader', 'api-client'])
    symlinkSync(join(import.meta.dirname, '../../web', part), join(folder, part))
  const pages = webPages(await buildBundles(folder, signal), { respond: async () => null })
  const asked: string[] = []
  let broken: RegExp | null = null
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    asked.push(path)
    const header = (name: string) => [request.headers[name]].flat()[0]
    const found = await pages.respond({ method: 'GET', path, header, form: new Map() }, signal)
    if (!found || (broken?.test(path) && path !== '/widget.js')) return void response.writeHead(found ? 500 : 404).end()
    response.writeHead(found.status, found.headers)
    response.end(found.body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    /** Paths that were asked for, in order. */
    asked,
    /** Which paths fail, besides the tag's own script, which never does. */
    breakParts(paths: RegExp | null) {
      broken = paths
    },
    async close() {
      rmSync(folder, { recursive: true, force: true })
      server.closeAllConnections()
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

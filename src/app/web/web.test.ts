import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { asset, serveAsset } from './assets.ts'
import { buildBundles } from './bundles.ts'
import { html, trusted } from './html.ts'
import { webPages, webState } from './pages.ts'

const { signal } = new AbortController()
const asking = (headers: Record<string, string> = {}) => ({ header: (name: string) => headers[name] })
const request = (path: string) => ({ method: 'GET' as const, path, form: new Map<string, string>(), ...asking() })
const long = asset('a-1.js', Buffer.from('const a = 1;\n'.repeat(100)), { immutable: true, shared: true })

describe('an asset', () => {
  test('goes out in the coding its reader takes, brotli first', async () => {
    const brotli = await serveAsset(long, asking({ 'accept-encoding': 'gzip, deflate, br' }))
    const gzip = await serveAsset(long, asking({ 'accept-encoding': 'gzip;q=1.0, br;q=0' }))
    const plain = await serveAsset(long, asking({ 'accept-encoding': 'identity' }))
    expect([brotli, gzip, plain].map(({ headers }) => headers['content-encoding'])).toEqual(['br', 'gzip', undefined])
    expect(brotliDecompressSync(brotli.body)).toEqual(long.content)
    expect(gunzipSync(gzip.body)).toEqual(long.content)
    expect(plain.body).toEqual(long.content)
  })

  test('is kept for a year under a name with a hash, and asked about every time under another', async () => {
    const fixed = asset('widget.js', Buffer.from('x'), { immutable: false, shared: true })
    expect((await serveAsset(long, asking())).headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await serveAsset(fixed, asking())).headers['cache-control']).toBe('no-cache')
  })

  test('is 304 without a body to whoever has it', async () => {
    const { headers } = await serveAsset(long, asking())
    const again = await serveAsset(long, asking({ 'if-none-match': `W/"other", ${headers.etag}` }))
    expect([again.status, again.body]).toEqual([304, ''])
  })

  test('is open to pages of any origin when shared, and to our own otherwise', async () => {
    const own = asset('console-1.js', Buffer.from('x'), { immutable: true, shared: false })
    expect((await serveAsset(long, asking())).headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    })
    expect((await serveAsset(own, asking())).headers).not.toHaveProperty('access-control-allow-origin')
  })
})

describe('markup', () => {
  test('escapes what is put into it, unless it is markup', () => {
    const { html: page } = html`<p title="${'"&<>\''}">${['<b>', trusted('<i>x</i>'), null, false, 0]}</p>`
    expect(page).toBe('<p title="&#34;&#38;&#60;&#62;&#39;">&#60;b&#62;<i>x</i>0</p>')
  })
})

describe('bundles', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })
  const web = (files: Record<string, string>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'purser-web-'))
    folders.push(folder)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return folder
  }
  const whole = {
    'widget/panel.ts':
      'declare const PURSER_TEXTS: string, PURSER_LATER_SHEET: string\nexport const parts = [PURSER_TEXTS, PURSER_LATER_SHEET]',
    'widget/styles/panel.css': '.panel { color: red }',
    'widget/styles/later.css': '.card { color: blue }',
    'widget/texts/en.ts': "export default { hello: 'Hello', bye: 'Bye' }",
    'widget/texts/de.ts': "export default { hello: 'Hallo' }",
    'loader/loader.ts':
      'declare const PURSER_SCRIPTS: string[], PURSER_SHEET: string, PURSER_TEXTS: string\nfor (const path of [PURSER_SCRIPTS[0], PURSER_SHEET, PURSER_TEXTS]) import(location.origin + path)',
    'console/console.ts': 'document.title = "console"',
    'console/console.css': 'body { color: red }',
    'demo/shop.css': 'body { color: blue }',
    'demo/shop.ts': 'export {}',
  }

  test('tell the loader where the panel, its styles and its texts lie, and the panel where more of them do', async () => {
    const pages = webPages(await buildBundles(web(whole), signal), { respond: async () => null })
    const text = async (path: string) => String((await pages.respond(request(path), signal))?.body)
    const [panel] = /\/widget\/panel-\w+\.js/.exec(await text('/widget.js')) ?? []
    const [texts] = /\/widget\/texts-\w+/.exec(await text(panel ?? '')) ?? []
    const [sheet] = /\/widget\/panel-\w+\.css/.exec(await text('/widget.js')) ?? []
    const [later] = /\/widget\/later-\w+\.css/.exec(await text(panel ?? '')) ?? []
    expect(await text('/widget.js')).toContain(texts)
    expect([await text(sheet ?? ''), await text(later ?? '')]).toEqual(['.panel{color:red}\n', '.card{color:#00f}\n'])
    // What a translation lacks is said in English.
    expect(JSON.parse(await text(`${texts}/de.json`))).toEqual({ hello: 'Hallo', bye: 'Bye' })
    expect(await pages.respond(request('/widget/panel-OTHER.js'), signal)).toBeNull()
  })

  test('make styles in scripts small, signs outside ASCII included', async () => {
    const folder = web({
      ...whole,
      'console/styles/mark.ts':
        "const css = String.raw\nexport const mark = css`\n  a::before {\n    content: '\u25b8';\n  }\n`",
      'console/console.ts': "import { mark } from './styles/mark.ts'\ndocument.title = mark",
    })
    const { console } = await buildBundles(folder, signal)
    const script = console.state === 'ready' ? console.files.get(console.entries.get('console.ts') ?? '') : undefined
    expect(String(script?.content)).toContain('a:before{content:"\u25b8"}')
  })

  test('change the names of what changed and of nothing else', async () => {
    const entries = async (files: Record<string, string>) => {
      const { widget, demo } = await buildBundles(web(files), signal)
      return [widget, demo].map((part) => (part.state === 'ready' ? [...part.files.keys()] : []))
    }
    const [before, demo] = await entries(whole)
    const [after, same] = await entries({ ...whole, 'widget/texts/de.ts': "export default { hello: 'Moin' }" })
    expect(same).toEqual(demo)
    expect(
      after
        ?.filter((path) => before?.includes(path))
        .map((path) => path.replace(/-\w+\./, '.'))
        .sort(),
    ).toEqual(['/widget.js', '/widget/later.css', '/widget/panel.css'])
  })

  test('say which part cannot be built and where, and let the others be', async () => {
    const bundles = await buildBundles(web({ ...whole, 'console/console.ts': 'const = 1' }), signal)
    const pages = webPages(bundles, { respond: async () => null })
    expect(webState(bundles)).toMatchObject({
      state: 'down',
      detail: expect.stringContaining('console/console.ts:1:6'),
    })
    await expect(pages.respond(request('/console'), signal)).rejects.toMatchObject({
      kind: 'operator',
      code: 'app.web.unbuildable',
    })
    expect((await pages.respond(request('/widget.js'), signal))?.status).toBe(200)
  })

  test('lead from the bare address to the demo shop', async () => {
    const pages = webPages(await buildBundles(web(whole), signal), { respond: async () => null })
    const found = await pages.respond(request('/'), signal)
    expect(found).toMatchObject({ status: 303, headers: { location: '/demo' } })
  })

  test('give the console a page of its own without anything inline', async () => {
    const pages = webPages(await buildBundles(web(whole), signal), { respond: async () => null })
    for (const path of ['/console', '/console/sign-in']) {
      const page = String((await pages.respond(request(path), signal))?.body)
      expect(page).toMatch(/<script type="module" src="\/console\/console-\w+\.js"><\/script>/)
      expect(page).toMatch(/<link rel="stylesheet" href="\/console\/console-\w+\.css">/)
      expect(page).not.toMatch(/<style|style=|onload=/)
    }
  })
})

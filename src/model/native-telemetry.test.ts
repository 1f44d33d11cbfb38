import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const SCRIPT = `
import { onnxEmbedder } from '${new URL('./embedder.onnx.ts', import.meta.url).href}'
const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet }
const { signal } = new AbortController()
const state = await onnxEmbedder({ folder: '${resolve(ROOT, 'models/purser-embed')}', threads: 1, log: quiet }, signal)
if (state.state === 'ready') {
  await state.embedder.embed('hello', 'question', signal)
  await state.embedder.close(signal)
}
process.stdout.write(state.state === 'ready' ? 'ready' : state.reason)
`

test('the native runtime collects no usage data: it leaves nothing in the home or temporary folder', () => {
  const home = mkdtempSync(join(tmpdir(), 'purser-home-'))
  const scripts = mkdtempSync(join(tmpdir(), 'purser-script-'))
  const script = join(scripts, 'embed.mjs')
  writeFileSync(script, SCRIPT)
  try {
    // Without CI and the like, which switch the collecting off by themselves.
    const environment = { PATH: process.env.PATH, HOME: home, TMPDIR: home }
    const said = execFileSync(process.execPath, [script], { env: environment, encoding: 'utf8' })
    expect(said).toBe('ready')
    expect(readdirSync(home)).toEqual([])
  } finally {
    for (const folder of [home, scripts]) rmSync(folder, { recursive: true, force: true })
  }
})

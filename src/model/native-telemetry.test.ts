import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const SCRIPT = `
import { onnxEmbedder } from './src/model/embedder.onnx.ts'
const quiet = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet }
const { signal } = new AbortController()
const state = await onnxEmbedder({ folder: 'models/purser-embed', threads: 1, log: quiet }, signal)
if (state.state === 'ready') {
  await state.embedder.embed('hello', 'question', signal)
  await state.embedder.close(signal)
}
process.stdout.write(state.state)
`

test('the native runtime collects no usage data: it leaves nothing in the home or temporary folder', () => {
  const home = mkdtempSync(join(tmpdir(), 'purser-home-'))
  try {
    // Without CI and the like, which switch the collecting off by themselves.
    const environment = { PATH: process.env.PATH, HOME: home, TMPDIR: home }
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT], { cwd: ROOT, env: environment, encoding: 'utf8' })
    expect(said).toMatch(/^(ready|unavailable)$/)
    expect(readdirSync(home)).toEqual([])
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})

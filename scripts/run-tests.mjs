// What `npm test` runs: formatting and lint, types, then the tests; arguments go to vitest (`npm test -- src/rag`).
// Ends with the line `N passed, N failed, N skipped`; a failing check before the tests counts as one failed.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(fileURLToPath(new URL('..', import.meta.url)))
const modules = join(root, 'node_modules')
// Under npm this process may be the host's Node; the tests need the pinned one, which alone reads TypeScript.
const pinned = join(modules, '.bin', 'node')
const node = process.platform !== 'win32' && existsSync(pinned) ? pinned : process.execPath

process.exitCode = await main(process.argv.slice(2))

async function main(args) {
  const [biome, types] = await Promise.all([
    check('formatting and lint', ['@biomejs/biome/bin/biome', 'check', '--diagnostic-level=error', '.']),
    check('types', ['typescript/bin/tsc', '-p', '.']),
  ])
  const tests = await runVitest(args)
  const failed = tests.failed + [biome, types].filter((passed) => !passed).length
  for (const { file, name, note } of tests.skipped)
    console.log(`skipped: ${file}: ${name}: ${note ?? 'no reason given'}`)
  console.log(`${tests.passed} passed, ${failed} failed, ${tests.skipped.length} skipped`)
  return failed === 0 ? 0 : 1
}

/** Runs one checker; prints what it said only when it complained. */
async function check(title, [script, ...args]) {
  const { code, output } = await run([join(modules, script), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  if (code === 0) console.log(`${title}: passed`)
  else console.log(`${output.trimEnd()}\n${title}: failed`)
  return code === 0
}

async function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'purser-test-'))
  const file = join(folder, 'summary.json')
  try {
    const { code } = await run(
      [
        join(modules, 'vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        `--reporter=${join(root, 'scripts/test-summary-reporter.mjs')}`,
        ...args,
      ],
      { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, PURSER_TEST_SUMMARY: file } },
    )
    const summary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 1, skipped: [] }
    // No test at all, or vitest ended badly for a reason of its own: that is a failure, whatever the count says.
    if (code !== 0 && summary.failed === 0) summary.failed = 1
    return summary
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(args, options) {
  return new Promise((done) => {
    const child = spawn(node, args, { cwd: root, ...options })
    let output = ''
    const collect = (chunk) => {
      output += chunk
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.on('error', (error) => done({ code: 1, output: String(error) }))
    child.on('close', (code, signal) => done({ code: signal ? 1 : code, output }))
  })
}

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ProductProcess, startProduct } from '../torture/product-process.ts'

const MAIN = resolve(import.meta.dirname, '../../src/main.ts')
let folder: string
let running: ProductProcess | null = null

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'purser operators '))
})
afterEach(async () => {
  await running?.kill('SIGTERM')
  running = null
  await rm(folder, { recursive: true, force: true })
})

async function start() {
  running = await startProduct(join(folder, 'data'), { PURSER_DEMO: '0' })
  return running
}

function operators(...args: string[]): Promise<{ code: number; output: string; error: string }> {
  return new Promise((done) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, PURSER_DATA: join(folder, 'data') }
    execFile(process.execPath, [MAIN, 'operators', ...args], { env, timeout: 30_000 }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output: stdout, error: stderr }),
    )
  })
}

const codeIn = (text: string) => /\/console\/sign-in#([\w-]+)/.exec(text)?.[1] ?? ''

async function signIn(url: string, code: string) {
  const response = await fetch(`${url}/v1/operator-sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, token: true }),
  })
  const body = (await response.json()) as { token: string; operator: { name: string; role: string } }
  return { status: response.status, ...body }
}

const current = async (url: string, token: string) =>
  (await fetch(`${url}/v1/operator-sessions/current`, { headers: { authorization: `Bearer ${token}` } })).status

test('every start prints a fresh link for the owner before the ready line', { timeout: 90_000 }, async () => {
  const first = await start()
  const lines = first.log().trimEnd().split('\n')
  expect(lines.at(-1)).toBe(`purser ready ${first.url}`)
  expect(lines.at(-2)).toMatch(/^console {5}http:\/\/127\.0\.0\.1:\d+\/console\/sign-in#/)
  const unused = codeIn(first.log())
  await first.kill('SIGTERM')
  const second = await start()
  const code = codeIn(second.log())
  expect((await signIn(second.url, unused)).status).toBe(401)
  const session = await signIn(second.url, code)
  expect(session).toMatchObject({ status: 201, operator: { name: 'Owner', role: 'admin' } })
  expect((await signIn(second.url, code)).status).toBe(401)
  await second.kill('SIGKILL')
  const third = await start()
  expect(await current(third.url, session.token)).toBe(200)
  expect((await operators('list', '--json')).output.match(/"Owner"/g)).toHaveLength(1)
})

test('the command adds, lists, lets in again and removes', { timeout: 60_000 }, async () => {
  const { url } = await start()
  const added = JSON.parse((await operators('add', '--name', 'Mira', '--role', 'agent', '--json')).output) as {
    id: string
    link: string
  }
  const first = await signIn(url, codeIn(added.link))
  expect(first).toMatchObject({ status: 201, operator: { name: 'Mira', role: 'agent' } })
  const link = await operators('link', added.id)
  expect([link.code, (await signIn(url, codeIn(link.output))).status]).toEqual([0, 201])
  expect((await operators()).output).toMatch(new RegExp(`${added.id} +agent +last signed in .* Mira`))
  expect(await operators('remove', added.id)).toMatchObject({ code: 0, output: `Removed ${added.id}.\n` })
  expect(await current(url, first.token)).toBe(401)
  for (const [args, words] of [
    [['add', '--name', 'owner', '--role', 'agent'], /of this name already.*\(name_taken\)/],
    [['add', '--name', 'Eve', '--role', 'king'], /no role king\. There are viewer, agent/],
    [['add', '--name', 'Eve'], /Usage: npm run operators/],
    [['link', added.id], /no such operator/],
    [['remove', added.id, 'opr_2'], /Usage: npm run operators/],
  ] as const) {
    const { code, output, error } = await operators(...args)
    expect([args, code, output]).toEqual([args, 1, ''])
    expect(error).toMatch(words)
    expect(error).not.toMatch(/\n\s+at /)
  }
  const { items } = JSON.parse((await operators('list', '--json')).output) as { items: { id: string }[] }
  expect(await operators('remove', items[0]?.id ?? '')).toMatchObject({
    code: 1,
    error: expect.stringContaining('(last_admin)'),
  })
})

test('without a running instance an operator can be added, and no link is made that leads nowhere', {
  timeout: 90_000,
}, async () => {
  await (await start()).kill('SIGTERM')
  const added = await operators('add', '--name', 'Mira', '--role', 'agent', '--json')
  const operator = JSON.parse(added.output) as { id: string; link: null }
  expect([added.code, operator.link]).toEqual([0, null])
  const link = await operators('link', operator.id)
  expect(link.code).toBe(1)
  expect(link.error).toMatch(/npm start.*\(app\.operators\.not_running\)/)
})

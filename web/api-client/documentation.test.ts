import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agentAnswer } from '../../test/fakes/scripted-agent.ts'
import { type ApiBench, apiBench, ORIGIN } from '../../test/fixtures/api-bench.ts'
import { apiFetch } from '../../test/fixtures/chat-bench.ts'
import { type ClientOptions, purserClient } from './client.ts'

const ROOT = new URL('../../', import.meta.url)
let api: ApiBench
beforeAll(async () => {
  api = await apiBench()
})
afterAll(() => api.close())

test('the page’s code runs as it stands', async () => {
  const page = await readFile(new URL('docs/api-client.md', ROOT), 'utf8')
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(page) ?? []
  const [, entry, rest = ''] = /^import \{ purserClient \} from '([^']+)'\n([\s\S]*)$/.exec(code) ?? []
  expect(entry).toBe('purser/api-client')
  api.agent.does(() => agentAnswer({ text: 'Within 30 days. The label is free.' }))
  const shown: string[] = []
  const here = (options: ClientOptions) => purserClient({ ...options, fetch: apiFetch(api) })
  const body = stripTypeScriptTypes(`async () => {${rest}}`)
  const run = new Function('purserClient', 'baseUrl', 'publicKey', 'show', `return (${body})()`)
  await run(here, ORIGIN, api.keys.publicKey, (text: string) => shown.push(text))
  expect(shown).toEqual(['(understanding)', 'Within 30 days. ', 'The label is free.', ''])
})

test('the entry of the package is the client', async () => {
  const { exports } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8')) as {
    exports: Record<string, string>
  }
  expect(exports['./api-client']).toBe('./web/api-client/client.ts')
  expect(import.meta.resolve('purser/api-client')).toBe(new URL('web/api-client/client.ts', ROOT).href)
})

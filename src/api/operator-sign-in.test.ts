import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { ApiEnv } from './caller.ts'
import { clearConsoleCookie, setConsoleCookie, signInLink } from './operator-sign-in.ts'

function cookieAt(publicUrl: string) {
  const settings = { publicUrl: () => publicUrl }
  const app = new Hono<ApiEnv>()
    .post('/', (context) => {
      setConsoleCookie(context, 'ot_1', 60_500, settings)
      return context.body(null)
    })
    .delete('/', (context) => {
      clearConsoleCookie(context, settings)
      return context.body(null)
    })
  return async (method: string) => (await app.request('/', { method })).headers.get('set-cookie')
}

test('the cookie is kept to https where people reach us by https', async () => {
  const cookie = cookieAt('https://help.shop.example')
  expect(await cookie('POST')).toBe('purser_console=ot_1; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Strict')
  expect(await cookie('DELETE')).toBe('purser_console=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Strict')
})

test('without https the cookie does without Secure, or no browser would keep it', async () => {
  expect(await cookieAt('http://10.0.0.5:8787')('POST')).not.toContain('Secure')
})

test('the code stands behind the # of a link, so that no server sees it', () => {
  const link = new URL(signInLink({ publicUrl: () => 'https://help.shop.example/purser' }, 'abc'))
  expect([link.pathname, link.search, link.hash]).toEqual(['/purser/console/sign-in', '', '#abc'])
})

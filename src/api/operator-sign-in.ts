import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { Fault } from '#domain/fault.ts'
import type { Ids } from '#telemetry/ids.port.ts'
import type { ApiEnv } from './caller.ts'
import { proofOf } from './proof.ts'
import type { ApiSettings } from './settings.ts'

export const CONSOLE_COOKIE = 'purser_console'
const HOUR_MS = 3_600_000
/** A working day and a bit: who closes the laptop in the evening signs in again in the morning. */
const IDLE_MS = 12 * HOUR_MS
/** However busy, a session ends: a week is how long a stolen one can last. */
const LASTS_MS = 7 * 24 * HOUR_MS
/** Long enough to be sent to a colleague who waits for it. */
export const LINK_LASTS_MS = 15 * 60_000
const CODE_BYTES = 24

/** Until when a session lasts if it is not used any more after `at`. */
export function idleUntil(at: Date): Date {
  return new Date(at.getTime() + IDLE_MS)
}

/** When a session opened at `at` ends, however much it is used. */
export function sessionEnd(at: Date): Date {
  return new Date(at.getTime() + LASTS_MS)
}

/** A new one-time code and what is stored of it. */
export function freshCode(ids: Ids): { code: string; proof: string } {
  const code = ids.secret(CODE_BYTES)
  return { code, proof: proofOf(code) }
}

/** The link that signs in with `code`. It stands behind `#`, so that it reaches no server and no log. */
export function signInLink({ publicUrl }: Pick<ApiSettings, 'publicUrl'>, code: string): string {
  return `${publicUrl()}/console/sign-in#${code}`
}

export function consoleCookieOf(context: Context<ApiEnv>): string | null {
  return getCookie(context, CONSOLE_COOKIE) || null
}

/**
 * Cookies travel without being asked for, so what they change must be asked by a page of ours. Throws Fault user
 * `api.origin.missing`, `api.origin.refused` (403). Source: OWASP CSRF cheat sheet, verifying origin.
 */
export function checkOwnOrigin(context: Context<ApiEnv>, { ownOrigins }: Pick<ApiSettings, 'ownOrigins'>): void {
  const origin = context.req.header('origin')
  if (origin === undefined)
    throw new Fault({
      kind: 'user',
      status: 403,
      code: 'api.origin.missing',
      message: 'With the console’s cookie a request needs its Origin; a program sends a bearer token instead.',
    })
  if (!ownOrigins().includes(origin))
    throw new Fault({
      kind: 'user',
      status: 403,
      code: 'api.origin.refused',
      message: 'This page is none of ours. If it is, set PURSER_PUBLIC_URL to the address in its address bar.',
    })
}

/** Sets the console's cookie; our own pages alone send it (SameSite=Strict) and no script reads it. */
export function setConsoleCookie(
  context: Context<ApiEnv>,
  token: string,
  lastsMs: number,
  settings: Pick<ApiSettings, 'publicUrl'>,
): void {
  setCookie(context, CONSOLE_COOKIE, token, { ...attributes(settings), maxAge: Math.floor(lastsMs / 1000) })
}

export function clearConsoleCookie(context: Context<ApiEnv>, settings: Pick<ApiSettings, 'publicUrl'>): void {
  deleteCookie(context, CONSOLE_COOKIE, attributes(settings))
}

function attributes({ publicUrl }: Pick<ApiSettings, 'publicUrl'>) {
  return { path: '/', httpOnly: true, sameSite: 'Strict', secure: publicUrl().startsWith('https:') } as const
}

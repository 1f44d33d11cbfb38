import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
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

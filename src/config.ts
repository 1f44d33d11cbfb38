import { resolve } from 'node:path'
import { z } from 'zod'
import { Fault } from '#domain/fault.ts'

const flag = z.enum(['0', '1', 'false', 'true']).transform((text) => text === '1' || text === 'true')
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
)

const mailServer = z.string().transform((text, context) => {
  const server = mailServerOf(text)
  if (typeof server !== 'string') return server
  // The value is not repeated: it holds a password.
  context.addIssue({ code: 'custom', message: server })
  return z.NEVER
})

const mailbox = z.string().transform((text, context) => {
  const [, name = '', address = ''] = /^(?:([^<>"\r\n]*)<)?([^\s<>@,;:"]+@[^\s<>@,;:"]+)>?$/.exec(text.trim()) ?? []
  if (address && text.includes('<') === text.includes('>')) return { name: name.trim(), address }
  context.addIssue({ code: 'custom', message: 'an address like help@shop.example or Shop <help@shop.example>' })
  return z.NEVER
})

/** Every setting there is, with its default; docs/configuration.md is made from this. */
export const SETTINGS = z.object({
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8787)
    .describe('Port of the HTTP server; 0 takes any free one.'),
  PURSER_HOST: z.string().min(1).default('127.0.0.1').describe('Address the HTTP server binds to.'),
  PURSER_DATA: z.string().min(1).default('./data').describe('Folder of the embedded database, keys and outbox.'),
  PURSER_DEMO: flag
    .prefault('1')
    .describe(
      '0 starts with an empty shop instead of the demo shop; over the demo’s data its pages and its customers’ sign-in are gone.',
    ),
  PURSER_PUBLIC_URL: z
    .url()
    .optional()
    .describe(
      'Address people reach this server at, when it stands behind a proxy. Sign-in links begin with it, the console works at it, and with https its cookie is sent over https alone.',
    ),
  PURSER_ALLOWED_ORIGINS: list
    .prefault('')
    .describe('Origins besides our own whose pages may open shopper sessions, comma separated.'),
  PURSER_LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('warn')
    .describe('How much is logged, as JSON lines on standard error.'),
  PURSER_RATE_LIMITS: z.coerce.number().min(0).default(1).describe('Factor on every rate limit; 0 switches them off.'),
  PURSER_TRUST_PROXY: flag
    .prefault('0')
    .describe('1 takes the caller’s address from X-Forwarded-For; only behind a proxy that sets it.'),
  MODEL_DIR: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of the embedding model, in the layout of models/purser-embed.'),
  PURSER_SMTP_URL: mailServer
    .optional()
    .describe(
      'Mail server for codes and replies, `smtp://user:password@host:587` or `smtps://…` (TLS at once). `?tls=required|offered|off` is about STARTTLS: required when there is a password and the host is not this machine, else used where offered. Without it mail becomes files in the outbox folder.',
    ),
  PURSER_MAIL_FROM: mailbox
    .optional()
    .describe('Sender of that mail, `help@shop.example` or `Shop <help@shop.example>`; needed with PURSER_SMTP_URL.'),
  PURSER_SOURCE_FOLDERS: list
    .prefault('')
    .describe(
      'Folders of this machine whose files and pages may be synced sources (`POST /v1/sources`), comma separated.',
    ),
  PURSER_SOURCE_PRIVATE: flag
    .prefault('0')
    .describe(
      '1 lets synced sources be fetched from private networks and this machine, too; anybody with an ingest key can then have them fetched.',
    ),
  REDIS_URL: z.url().optional().describe('Redis for the job queue instead of PostgreSQL.'),
})

export type Config = z.infer<typeof SETTINGS>

/** From this length on, a name without our prefix that is one slip away from a setting is taken for it; shorter ones have too many neighbours. */
const LONG_NAME = 8

/**
 * The settings from the environment. The only place that reads `process.env`. Relative folders are resolved against the working directory.
 * Throws Fault operator `config.setting.unknown` (naming the nearest setting) or `config.setting.invalid`.
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const names = Object.keys(SETTINGS.shape)
  for (const name of Object.keys(environment)) {
    if (names.includes(name)) continue
    const near = nearest(name, names)
    const ours = name.startsWith('PURSER_')
    if (ours || (near && near.name.length >= LONG_NAME && isSlip(name, near)))
      throw new Fault({
        kind: 'operator',
        code: 'config.setting.unknown',
        message: `Unknown setting ${name}. ${near ? `Did you mean ${near.name}?` : ''}`.trim(),
      })
  }
  const given = Object.fromEntries(
    names
      .filter((name) => environment[name] !== undefined && environment[name] !== '')
      .map((name) => [name, environment[name]]),
  )
  const read = SETTINGS.safeParse(given)
  if (!read.success) {
    const issue = read.error.issues[0]
    const name = String(issue?.path[0] ?? 'setting')
    throw new Fault({
      kind: 'operator',
      code: 'config.setting.invalid',
      message: `Setting ${name} cannot be used: ${issue?.message ?? 'invalid'}. ${describe(name)}`.trim(),
    })
  }
  if (read.data.PURSER_SMTP_URL && !read.data.PURSER_MAIL_FROM)
    throw new Fault({
      kind: 'operator',
      code: 'config.setting.invalid',
      message: 'PURSER_SMTP_URL needs a sender: set PURSER_MAIL_FROM, like help@shop.example.',
    })
  return { ...read.data, PURSER_DATA: resolve(read.data.PURSER_DATA) }
}

/** Whether npm runs us: then npm's end is ours, even where it does not pass the signal on. */
export function startedByNpm(environment: Record<string, string | undefined> = process.env): boolean {
  return environment.npm_lifecycle_event !== undefined
}

const LOCAL_HOST = /^(localhost|127(\.\d+){3}|::1)$/
const Tls = z.enum(['required', 'offered', 'off'])

/** The server an SMTP address names, or what is wrong with the address. A password goes over no network in clear text unless the address says so. */
function mailServerOf(text: string) {
  const url = URL.parse(text)
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) return 'an address like smtp://user:password@host:587'
  const unknown = [...url.searchParams.keys()].find((key) => key !== 'tls')
  if (unknown !== undefined || !/^\/?$/.test(url.pathname)) return 'after the host and port, only ?tls= can follow'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'smtps:'
  try {
    const user = decodeURIComponent(url.username)
    const login = user ? { user, password: decodeURIComponent(url.password) } : null
    const tls = Tls.safeParse(url.searchParams.get('tls') ?? (login && !LOCAL_HOST.test(host) ? 'required' : 'offered'))
    if (!tls.success) return 'tls is required, offered or off'
    return { host, port: Number(url.port) || (secure ? 465 : 587), secure, tls: tls.data, login }
  } catch {
    return 'the user or password holds a % that is not part of an escape: write it as %25'
  }
}

/** One letter too many, missing or wrong, or the same letters in another order. */
function isSlip(name: string, near: { name: string; distance: number }): boolean {
  const letters = (text: string) => [...text].sort().join('')
  return near.distance === 1 || (near.distance === 2 && letters(name) === letters(near.name))
}

function describe(name: string): string {
  return (SETTINGS.shape as Record<string, { description?: string }>)[name]?.description ?? ''
}

function nearest(name: string, names: string[]): { name: string; distance: number } | null {
  const ranked = names
    .map((known) => ({ name: known, distance: editDistance(name, known) }))
    .sort((left, right) => left.distance - right.distance)
  return ranked[0] ?? null
}

/** Levenshtein distance, one row at a time. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const change = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}

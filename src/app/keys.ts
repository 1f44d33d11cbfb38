import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Fault } from '#domain/fault.ts'
import { tryReadJson } from '#domain/foreign-json.ts'
import type { Ids } from '#telemetry/ids.port.ts'

const KeyFile = z.object({
  publicKey: z.string(),
  identitySecret: z.string(),
  ingestKey: z.string(),
  eventsKey: z.string(),
  adminKey: z.string(),
})

/** The embedded instance's own keys, as `npm run keys -- show --json` prints them. */
export type InstanceKeys = z.infer<typeof KeyFile>

/** Where they are kept: in the data folder, readable by its owner alone. */
export function keyFile(dataFolder: string): string {
  return join(dataFolder, 'keys.json')
}

/** The stored keys, or null before the first start. Throws Fault operator `app.keys.unreadable`. */
export async function readKeys(dataFolder: string, signal: AbortSignal): Promise<InstanceKeys | null> {
  signal.throwIfAborted()
  const text = await readFile(keyFile(dataFolder), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw unreadable(dataFolder, error)
  })
  if (text === null) return null
  const read = KeyFile.safeParse(tryReadJson(text))
  if (!read.success) throw unreadable(dataFolder, read.error)
  return read.data
}

/** Reads the keys, making them on the first start: written beside and renamed, so that a crash leaves all or nothing. */
export async function ensureKeys(dataFolder: string, ids: Ids, signal: AbortSignal): Promise<InstanceKeys> {
  const stored = await readKeys(dataFolder, signal)
  if (stored) return stored
  const keys: InstanceKeys = {
    publicKey: `pk_${ids.secret(18)}`,
    identitySecret: ids.secret(32),
    ingestKey: `sk_${ids.secret(24)}`,
    eventsKey: `sk_${ids.secret(24)}`,
    adminKey: `sk_${ids.secret(24)}`,
  }
  await mkdir(dataFolder, { recursive: true })
  const file = await open(`${keyFile(dataFolder)}.new`, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(keys, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${keyFile(dataFolder)}.new`, keyFile(dataFolder))
  return keys
}

function unreadable(dataFolder: string, cause: unknown): Fault {
  return new Fault({
    kind: 'operator',
    code: 'app.keys.unreadable',
    message: `The key file ${keyFile(dataFolder)} cannot be read. Restore it from a backup, or move it away to have new keys made.`,
    cause,
  })
}

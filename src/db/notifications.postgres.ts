import { Client, type ClientConfig } from 'pg'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Log } from '#telemetry/log.port.ts'
import type { NotificationChannel, Notifications } from './notifications.port.ts'

const CHANNELS: NotificationChannel[] = [
  'knowledge',
  'conversation',
  'stopped',
  'imports',
  'vectors',
  'outbox',
  'desk',
  'inbox',
  'sources',
]
const RECONNECT_MS = 250

/** One dedicated connection that listens for all channels and reconnects by itself. Throws what the first connect throws. */
export async function postgresNotifications(
  connection: ClientConfig,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<Notifications> {
  const listeners = new Map<NotificationChannel, Set<(payload: string | null) => void>>(
    CHANNELS.map((channel) => [channel, new Set()]),
  )
  const closing = new AbortController()
  let client: Client | null = null
  client = await connect()

  async function connect(): Promise<Client> {
    signal.throwIfAborted()
    const fresh = new Client({ ...connection, keepAlive: true })
    fresh.on('error', (error) => log.warn({ problem: error.message }, 'listening connection lost'))
    fresh.on('end', () => fresh === client && void reconnect())
    fresh.on('notification', ({ channel, payload }) => {
      for (const onKnock of listeners.get(channel as NotificationChannel) ?? []) onKnock(payload ?? '')
    })
    await fresh.connect()
    for (const channel of CHANNELS) await fresh.query(`listen ${channel}`)
    return fresh
  }

  async function reconnect(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await clock.sleep(RECONNECT_MS, closing.signal)
        client = await connect()
        if (closing.signal.aborted) return await client.end()
        for (const set of listeners.values()) for (const onKnock of set) onKnock(null)
        return
      } catch (error) {
        if (!closing.signal.aborted) log.debug({ problem: String(error) }, 'listening connection not yet back')
      }
    }
  }

  return {
    listen(channel, onKnock) {
      listeners.get(channel)?.add(onKnock)
      return () => listeners.get(channel)?.delete(onKnock)
    },
    async close() {
      closing.abort()
      await client?.end().catch(() => {})
    },
  }
}

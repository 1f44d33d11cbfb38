import type { Clock } from '#telemetry/clock.port.ts'
import type { DatabaseTransaction } from '../../database.ts'

/** The time in a shop's sandbox, ISO 8601: it may stand still, or run ahead of ours. */
export async function worldTime(transaction: DatabaseTransaction, shop: string, clock: Clock): Promise<string> {
  const settings = await transaction
    .selectFrom('sandbox.settings')
    .select(['frozen_at', 'offset_ms'])
    .where('shop', '=', shop)
    .executeTakeFirst()
  if (settings?.frozen_at) return settings.frozen_at.toISOString()
  return new Date(clock.now().getTime() + Number(settings?.offset_ms ?? 0)).toISOString()
}

/** When a world that runs ahead tells of something: receivers believe no time that has not come. */
export function toldAt(at: string, clock: Clock): string {
  const now = clock.now().toISOString()
  return at > now ? now : at
}

import { freshCode, signInLink } from '#api/operator-sign-in.ts'
import type { ApiSettings } from '#api/settings.ts'
import type { Operators } from '#db/access/operators/operators.port.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { Ids } from '#telemetry/ids.port.ts'

const OWNER = 'Owner'
/** Printed at the start, and read when somebody next looks at that terminal. */
const LINK_LASTS_MS = 24 * 3_600_000

export type Owner = {
  /** A fresh link that signs the owner in once, within 24 hours; the one before ends. Null when the owner was removed. */
  signInLink(signal: AbortSignal): Promise<string | null>
}

/** Whoever starts an instance is its first admin: the operator "Owner" is made where there is no admin yet. */
export async function ensureOwner(
  { operators, clock, ids }: { operators: Operators; clock: Clock; ids: Ids },
  shop: ShopId,
  settings: Pick<ApiSettings, 'publicUrl'>,
  signal: AbortSignal,
): Promise<Owner> {
  const owner = await operators.ensureOwner(shop, { id: ids.make('opr'), name: OWNER, createdAt: clock.now() }, signal)
  return {
    async signInLink(signal) {
      if (!owner) return null
      const { code, proof } = freshCode(ids)
      const expiresAt = new Date(clock.now().getTime() + LINK_LASTS_MS)
      // Between the start and now somebody may have removed the owner.
      return (await operators.issueCode(shop, owner.id, { proof, expiresAt }, signal))
        ? signInLink(settings, code)
        : null
    },
  }
}

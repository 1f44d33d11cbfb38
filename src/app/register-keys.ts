import { proofOf } from '#api/proof.ts'
import type { ApiKeys, KeyScope } from '#db/access/api-keys.port.ts'
import type { PublicKeys } from '#db/access/public-keys.port.ts'
import type { KeyId, ShopId } from '#domain/ids.ts'
import type { InstanceKeys } from './keys.ts'

const SCOPES: [key: 'ingestKey' | 'eventsKey' | 'adminKey', scope: KeyScope][] = [
  ['ingestKey', 'ingest'],
  ['eventsKey', 'events'],
  ['adminKey', 'admin'],
]

/** Makes the instance's own keys known to its database (as hashes), where they are not yet. A revoked key stays revoked. */
export async function registerKeys(
  access: { publicKeys: PublicKeys; apiKeys: ApiKeys },
  shop: ShopId,
  keys: InstanceKeys,
  origins: string[],
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  await access.publicKeys.put(shop, proofOf(keys.publicKey), { origins, identitySecret: keys.identitySecret }, signal)
  const known = new Set((await access.apiKeys.list(shop, signal)).map(({ id }) => id))
  for (const [name, scope] of SCOPES) {
    const proof = proofOf(keys[name])
    const id: KeyId = `key_${proof.slice(0, 20)}`
    if (!known.has(id))
      await access.apiKeys.create(shop, { id, scope, name: 'instance', proof, createdAt: now }, signal)
  }
}

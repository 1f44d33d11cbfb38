import type { PublicKey, PublicKeys } from '#db/access/public-keys.port.ts'
import { Fault } from '#domain/fault.ts'
import { proofOf } from '../../proof.ts'
import type { ApiSettings } from '../../settings.ts'

/** The shop's key as its pages hold it. Throws Fault user `api.public_key.unknown` (401). */
export async function publicKeyFor(secret: string, publicKeys: PublicKeys, signal: AbortSignal): Promise<PublicKey> {
  const key = await publicKeys.byProof(proofOf(secret), signal)
  if (key) return key
  throw new Fault({
    kind: 'user',
    status: 401,
    code: 'api.public_key.unknown',
    message: 'There is no shop with this public key.',
  })
}

/** Throws Fault user `api.origin.missing` or `api.origin.refused` (403) unless pages of this origin may use the key. */
export function checkOrigin(
  origin: string | undefined,
  { origins }: PublicKey,
  { ownOrigins }: Pick<ApiSettings, 'ownOrigins'>,
): void {
  if (!origin) throw refused('api.origin.missing', 'Sessions are opened by pages: the Origin header is missing.')
  if (!ownOrigins().includes(origin) && !origins.includes(origin))
    throw refused(
      'api.origin.refused',
      'The shop does not let pages of this origin open sessions. Add it to the allowed origins.',
    )
}

function refused(code: string, message: string): Fault {
  return new Fault({ kind: 'user', code, message, status: 403 })
}

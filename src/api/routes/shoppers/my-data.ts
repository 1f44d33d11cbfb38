import type { OpenAPIHono } from '@hono/zod-openapi'
import type { PersonalData } from '#db/support/personal-data.port.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type ApiEnv, ownerOf, sessionOf, signalOf } from '../../caller.ts'
import { eraseMyDataRoute, exportMyDataRoute } from '../../contract/shoppers/identity.ts'
import { proofOf } from '../../proof.ts'
import { transcriptBody } from './conversations.ts'

/** GET and DELETE /v1/me/data: what we keep of the shopper, and its erasure. */
export function myData(app: OpenAPIHono<ApiEnv>, personalData: PersonalData, clock: Clock): void {
  app.openapi(exportMyDataRoute, async (context) => {
    const { sessions, conversations, handoffs } = await personalData.exportAll(
      ownerOf(sessionOf(context)),
      signalOf(context),
    )
    const body = {
      sessions: sessions.map(({ consent, createdAt, ...session }) => ({
        ...session,
        createdAt: createdAt.toISOString(),
        consent: consent && { version: consent.version, at: consent.at.toISOString() },
      })),
      conversations: conversations.map(transcriptBody),
      handoffs: handoffs.map((handoff) => ({ ...handoff, createdAt: handoff.createdAt.toISOString() })),
    }
    return context.json(body, 200)
  })

  app.openapi(eraseMyDataRoute, async (context) => {
    const at = clock.now()
    const key = context.req.header('idempotency-key')
    const ownKey = key === undefined ? null : proofOf(key)
    const counts = await personalData.erase(ownerOf(sessionOf(context)), at, ownKey, signalOf(context))
    return context.json({ erasedAt: at.toISOString(), ...counts }, 200)
  })
}

import type { OpenAPIHono } from '@hono/zod-openapi'
import type { PublicKeys } from '#db/access/public-keys.port.ts'
import type { Shops } from '#db/access/shops.port.ts'
import { openingAt } from '#domain/opening-hours.ts'
import { widgetLocale } from '#domain/shop/shop-settings.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { type ApiEnv, notFound, signalOf } from '../../caller.ts'
import { widgetConfigRoute } from '../../contract/shoppers/widget-config.ts'
import type { ApiSettings } from '../../settings.ts'
import { checkOrigin, publicKeyFor } from './public-key.ts'

/** Whether people answer may be this old. */
const CACHED_SECONDS = 60

export type WidgetConfigPorts = { publicKeys: PublicKeys; shops: Pick<Shops, 'get'>; clock: Clock }

/** GET /v1/widget: what anybody who sees the shop's page may know. Throws what its contract lists. */
export function widgetConfig(
  app: OpenAPIHono<ApiEnv>,
  { publicKeys, shops, clock }: WidgetConfigPorts,
  settings: ApiSettings,
): void {
  app.openapi(widgetConfigRoute, async (context) => {
    const { key: secret, locale = null } = context.req.valid('query')
    const signal = signalOf(context)
    const key = await publicKeyFor(secret, publicKeys, signal)
    // Browsers send no Origin with a GET to their own site, and there is nothing here to protect from other programs.
    const origin = context.req.header('origin')
    if (origin) checkOrigin(origin, key, settings)
    const shop = await shops.get(key.shop, signal)
    if (!shop) throw notFound('shop')
    const { name, assistant, privacy, support, starters, locales, defaultLocale, retentionDays } = shop
    const { open, opensAt } = openingAt(clock.now(), support)
    const body = {
      shop: { name },
      assistant: { name: assistant.name },
      privacy,
      support: {
        open,
        opensAt: opensAt?.toISOString() ?? null,
        timeZone: support.timeZone,
        replyWithinMinutes: support.replyWithinMinutes,
      },
      starters,
      defaultLocale,
      locale: widgetLocale(locale, locales, defaultLocale),
      retentionDays,
    }
    // Private: who may read it depends on the Origin, which a shared cache could mix up.
    return context.json(body, 200, { 'cache-control': `private, max-age=${CACHED_SECONDS}` })
  })
}

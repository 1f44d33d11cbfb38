import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Shop, ShopChange, Shops } from '#db/access/shops.port.ts'
import { Fault } from '#domain/fault.ts'
import { type ApiContext, type ApiEnv, notFound, shopOf, signalOf } from '../../caller.ts'
import { getShopRoute, putShopRoute } from '../../contract/operations/shop.ts'

/** GET and PUT /v1/shop. A change needs the ETag of what was read: 428 without, 412 when it is no longer so. */
export function shopSettings(app: OpenAPIHono<ApiEnv>, shops: Pick<Shops, 'get' | 'change'>): void {
  app.openapi(getShopRoute, async (context) => {
    const shop = await shopAt(context)
    return context.json(settingsOf(shop), 200, { etag: etagOf(shop) })
  })

  app.openapi(putShopRoute, async (context) => {
    const change = context.req.valid('json')
    const shop = await shopAt(context)
    checkMatch(context.req.header('if-match'), shop)
    checkVersion(shop, change)
    const changed = await shops.change(shop.id, change, shop.revision, signalOf(context))
    if (!changed) throw moved()
    return context.json(settingsOf(changed), 200, { etag: etagOf(changed) })
  })

  async function shopAt(context: ApiContext): Promise<Shop> {
    const shop = await shops.get(shopOf(context), signalOf(context))
    if (!shop) throw notFound('shop')
    return shop
  }
}

/** Settings alone: the id, the currency and marks of our own are not the owner's to change here. */
function settingsOf({
  name,
  defaultLocale,
  support,
  assistant,
  privacy,
  starters,
  locales,
  retentionDays,
}: Shop): ShopChange {
  return { name, defaultLocale, support, assistant, privacy, starters, locales, retentionDays }
}

function etagOf({ revision }: Shop): string {
  return `"${revision}"`
}

/** Weak marks and lists are no match, since a writer holds exactly one state. Source: RFC 9110, section 13.1.1; RFC 6585, section 3. */
function checkMatch(given: string | undefined, shop: Shop): void {
  if (!given)
    throw new Fault({
      kind: 'user',
      status: 428,
      code: 'api.shop.if_match_missing',
      message: 'Send the ETag of the settings you read as If-Match.',
    })
  if (given.trim() !== etagOf(shop)) throw moved()
}

function moved(): Fault {
  return new Fault({
    kind: 'user',
    status: 412,
    code: 'api.shop.changed',
    message: 'Somebody changed the settings since you read them. Read them again.',
  })
}

/** What somebody agreed to must stay findable by its version. */
function checkVersion({ privacy: before }: Shop, { privacy: after }: ShopChange): void {
  const reworded = before.notice !== after.notice || before.url !== after.url
  const asked = before.consent === 'required' || after.consent === 'required'
  if (!asked || before.version !== after.version || !reworded) return
  throw new Fault({
    kind: 'user',
    status: 422,
    code: 'api.shop.privacy_version',
    message: 'The privacy notice has another wording, so it needs another version.',
    errors: [{ path: 'privacy.version', message: 'still the version of the earlier wording' }],
  })
}

import type { ShopDocument } from '../../src/domain/document.ts'
import type { Facts, FaqGroup, FaqItem, FaqText, Locale, PolicySource, Shop } from './tables.ts'
import { fill } from './template.ts'

/** A policy or guide with its facts filled in. */
export function policyDocument(source: PolicySource, facts: Facts, shop: Shop): ShopDocument {
  return {
    id: pageId(source) as ShopDocument['id'],
    kind: source.kind ?? 'policy',
    title: source.title,
    text: fill(source.body, facts, source.locale),
    url: `${helpOf(shop, source.locale)}/${source.key}`,
    locale: source.locale,
    updatedAt: `${source.updated}T08:00:00.000Z`,
    ...(source.valid_from ? { validFrom: `${source.valid_from}T00:00:00.000Z` } : {}),
    ...(source.valid_until ? { validUntil: `${source.valid_until}T00:00:00.000Z` } : {}),
    ...(source.audience ? { audience: source.audience } : {}),
    ...(source.region ? { scope: { region: source.region } } : {}),
    category: source.topic,
    aliases: source.aliases,
  }
}

/** `policy/returns.en`, `article/switzerland.de`. */
export const pageId = ({ kind, key, locale }: PolicySource) => `${kind ?? 'policy'}/${key}.${locale}`

/** The questions of a group, each in every language it is written in. */
export function faqDocuments(group: FaqGroup, facts: Facts, shop: Shop): ShopDocument[] {
  return group.items.flatMap((item) =>
    writtenIn(item).map(([locale, text]) => ({
      id: `faq/${item.id}.${locale}` as ShopDocument['id'],
      kind: 'faq' as const,
      title: fill(text.q, facts, locale),
      text: fill(text.a, facts, locale),
      url: `${helpOf(shop, locale)}/faq#${item.id}`,
      locale,
      updatedAt: `${group.updated}T09:30:00.000Z`,
      category: group.topic,
      aliases: text.also,
    })),
  )
}

const helpOf = (shop: Shop, locale: Locale) => (locale === 'en' ? `${shop.origin}/help` : `${shop.origin}/de/hilfe`)

function writtenIn(item: FaqItem): [Locale, FaqText][] {
  return item.de
    ? [
        ['en', item],
        ['de', item.de],
      ]
    : [['en', item]]
}

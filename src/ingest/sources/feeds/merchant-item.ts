import type { Reading } from '../reading.ts'
import { complete, currencyOf } from '../tables/fields.ts'
import { priceOf } from '../tables/price.ts'

/** An attribute of an item: its name without prefix, its text, and the parts it was made of. */
export type Attribute = { name: string; text: string; parts?: Attribute[] }

const LONGEST_ATTRIBUTE = 1_000
/** What becomes a field of the document, and what is between the shop and Google alone. Source: Google's product data specification. */
const FIELDS = new Set(
  `id title structured_title description structured_description summary content link canonical_link image_link price
  sale_price availability brand product_type google_product_category gtin mpn expiration_date availability_date updated published
  product_highlight product_detail`.split(/\s+/),
)
const NOT_FOR_SHOPPERS =
  /^(additional_image_link|mobile_link|link_template|mobile_link_template|cost_of_goods_sold|auto_pricing_min_price|ads_|adwords_|custom_label_|promotion_id|excluded_destination|included_destination|shopping_ads_|short_title|identifier_exists|adult|is_bundle|pause|tax|tax_category|external_seller_id|lifestyle_image_link|virtual_model_link|display_ads_|item_group_title|author|guid|category|rights|transit_time_label|shipping_label|ships_from_country|return_policy_label|disclosure_date|loyalty_program|certification|structured_)/
const AVAILABILITY: Record<string, string> = {
  'in stock': 'in_stock',
  'out of stock': 'out_of_stock',
  'available for order': 'backorder',
}

/**
 * An item of a Google Merchant feed as the row of a document: `link`, `image_link`, `price`, `availability` and `brand` become
 * its fields, highlights follow the description, GTIN and MPN are aliases, all else that tells of the product is an attribute.
 * A sale price stands as an attribute with its dates, since it does not hold for ever. A price that cannot be read stays as it came.
 */
export function merchantItem(item: Attribute[], reading: Reading): Record<string, unknown> {
  const text = (name: string) => item.find((one) => one.name === name && one.text)?.text
  const structured = (name: string) =>
    item.find((one) => one.name === name)?.parts?.find((one) => one.name === 'content')?.text
  const texts = (name: string) => item.filter((one) => one.name === name && one.text).map((one) => one.text)
  const title = text('title') ?? structured('structured_title')
  const description =
    text('description') ?? structured('structured_description') ?? text('content') ?? text('summary') ?? ''
  const price = text('price')
  const availability = text('availability')?.toLowerCase()
  const category = (text('product_type') ?? text('google_product_category'))?.split('>').at(-1)?.trim()
  const image = text('image_link')
  const link = text('link') ?? text('canonical_link')
  const brand = text('brand')
  const expires = text('expiration_date')
  const updated = text('updated')
  const id = text('id')
  const aliases = [...texts('gtin'), ...texts('mpn')]
  const row: Record<string, unknown> = {
    id: id ?? null,
    kind: 'product',
    title: title ?? null,
    text: [description, ...texts('product_highlight').map((one) => `- ${one}`)].filter(Boolean).join('\n'),
    ...(id ? { sku: id } : {}),
    ...(link ? { url: link } : {}),
    ...(image ? { image: { url: image, ...(title ? { alt: title.slice(0, 500) } : {}) } } : {}),
    ...(price ? { price: priceOf(price, currencyOf(reading)) ?? price } : {}),
    ...(availability ? { availability: AVAILABILITY[availability] ?? availability.replaceAll(' ', '_') } : {}),
    ...(brand ? { scope: { brand } } : {}),
    ...(category && !/^\d+$/.test(category) ? { category } : {}),
    ...(expires ? { validUntil: expires } : {}),
    ...(updated ? { updatedAt: updated } : {}),
    ...(aliases.length > 0 ? { aliases } : {}),
    attributes: attributesOf(item),
  }
  return complete(row, reading)
}

function attributesOf(item: Attribute[]): Record<string, string> {
  const found = new Map<string, string[]>()
  const add = (name: string, text: string) => {
    if (name && text) found.set(name, [...(found.get(name) ?? []), text])
  }
  for (const { name, text, parts } of item) {
    const part = (wanted: string) => parts?.find((one) => one.name === wanted)?.text ?? ''
    if (NOT_FOR_SHOPPERS.test(name)) continue
    if (name === 'product_detail') {
      const [section = '', attribute = '', value = ''] = parts ? [] : text.split(':')
      add(parts ? part('attribute_name') : attribute || section, parts ? part('attribute_value') : value)
    } else if (name === 'sale_price') add('sale price', text)
    else if (parts?.length)
      add(name.replaceAll('_', ' '), parts.map((one) => `${one.name.replaceAll('_', ' ')} ${one.text}`).join(', '))
    else if (!FIELDS.has(name)) add(name.replaceAll('_', ' '), text)
  }
  return Object.fromEntries([...found].map(([name, texts]) => [name, texts.join(', ').slice(0, LONGEST_ATTRIBUTE)]))
}

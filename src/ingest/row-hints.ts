/** What to do about each kind of complaint. Codes not named here explain themselves. */
const BY_CODE: Record<string, string> = {
  bad_json: 'Write one whole object a line, names and texts in double quotes, without a comma at its end.',
  bad_encoding: 'Save the file as UTF-8 (Excel: “CSV UTF-8”).',
  bad_csv:
    'Double each quotation mark within a cell, close each cell that begins with one, and give every row the cells of the header.',
  bad_xml: 'Write &amp; for & and &lt; for <, close every element, and use no entities of your own.',
  bad_header: 'Name the columns as the fields of a document, or send a mapping along (docs/import.md).',
  not_a_feed: 'Send the feed that Google Merchant Center takes.',
  cut_off_row: 'Send the whole file again; it ended too early.',
  cut_off_file: 'Send the whole file again; it ended too early.',
  empty_file: 'Look whether the export that made it went wrong.',
  row_too_long: 'Shorten it, or send it as several documents. It is too long to be among the rows given back.',
  duplicate_id: 'Keep one row for each id.',
  id_case: 'Write the id the same everywhere; capitals count.',
  unreadable: 'See to it that the page or file can be read, and import again.',
  not_published: 'Publish it in the shop, or leave it out on purpose.',
  no_currency: 'Say which currency the file is in: currency=EUR, on the command line --currency EUR.',
  columns_left_out: 'Name them in the mapping under columns, or set others to attributes.',
  too_deep: 'Nest lists and quotes less deeply.',
  too_large: 'Send it as several documents.',
  mass_retirement: 'Check that the file is whole; allowRetire=true if these documents are to go.',
}

const BY_FIELD: Record<string, string> = {
  id: 'Up to 300 characters without line breaks, the same at every import.',
  kind: 'One of product, policy, faq, article.',
  title: 'One line of 1 to 500 characters.',
  text: 'Markdown, HTML or plain text.',
  url: 'A web address such as https://shop.example/tent, or a path that begins with /.',
  locale: 'A language tag such as en or de-AT.',
  updatedAt: 'A date or time such as 2026-01-31 or 2026-01-31T09:30:00Z.',
  validFrom: 'A date or time such as 2026-01-31 or 2026-01-31T09:30:00Z.',
  validUntil: 'A date or time such as 2026-01-31, not before validFrom.',
  price:
    'An amount with its currency: {"amount": 1299, "currency": "EUR"}; in a table 12.99 EUR, or 12.99 with the currency sent along; 12,99 when the mapping says that `decimal` is a comma.',
  'price.amount': 'A whole number in the smallest unit: 12.99 EUR is 1299.',
  'price.currency': 'Three capital letters such as EUR.',
  'image.url': 'An address that begins with https:// or http://.',
  aliases: 'A list of up to 100 texts; in a table separated by |.',
}

const FIELDS =
  'id kind title text url locale updatedAt validFrom validUntil audience scope sku category attributes price availability image aliases'.split(
    ' ',
  )

/** What the sender can do about a complaint, in a sentence; undefined where there is nothing to add. */
export function hintFor(code: string, field: string | undefined): string | undefined {
  if (code === 'unknown_field') return unknownHint(field ?? '')
  const known = BY_CODE[code]
  if (known !== undefined || field === undefined) return known
  const own =
    BY_FIELD[field] ??
    (field.startsWith('attributes.') ? 'A text, a number, true or false, or {"value": 2, "unit": "kg"}.' : undefined)
  return code === 'missing_field' ? `Add it. ${own ?? ''}`.trim() : own
}

function unknownHint(field: string): string {
  const near = FIELDS.find((name) => isNear(field.toLowerCase(), name.toLowerCase()))
  const instead = near ? `Did you mean ${near}? ` : ''
  return `${instead}Leave it out, or put it under attributes.`
}

/** Whether one differs from the other by a letter more, less, other or swapped. */
function isNear(left: string, right: string): boolean {
  if (left === right) return true
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  const rest = short.slice(at)
  if (short.length < long.length) return rest === long.slice(at + 1)
  const swapped = rest[1] === long[at] && rest[0] === long[at + 1]
  return rest.slice(1) === long.slice(at + 1) || (swapped && rest.slice(2) === long.slice(at + 2))
}

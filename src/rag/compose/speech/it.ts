import type { Phrases } from '../composer.port.ts'

/** Italian; see ../phrases.ts. */
export const IT: Phrases = {
  price: '{title}: {price}',
  availability: '{title}: {availability}',
  attribute: '{title} – {name}: {value}',
  products_one: 'Questo corrisponde a ciò che cerca: ',
  products_many: 'Questi corrispondono a ciò che cerca: ',
  which_region: 'Dipende da dove si trova. Di quale regione si tratta?',
  which_product: 'Ce ne sono diversi che corrispondono. Quale intende?',
  listing: 'Dalla scheda del prodotto: ',
  products_some: 'Ne corrispondono {count}; eccone {shown}: ',
  products_more: 'Su {count} la cui scheda lo indica, il valore più alto ({name}): ',
  products_less: 'Su {count} la cui scheda lo indica, il valore più basso ({name}): ',
  products_none: 'Nessuno dei {count} di questo tipo corrisponde. I più vicini: ',
  products_silent: 'Le schede di altri {count} non lo dicono.',
  unsaid: 'la scheda non lo dice',
  has_more: 'Il più alto ({name}): {title}',
  has_less: 'Il più basso ({name}): {title}',
  both_same: 'Uguale per entrambi: {name}',
  which_shown: 'Quale di questi intende?',
  which_side: 'Ce ne sono diversi con questo nome. Quale intende?',
  which_field: 'Quale misura intende?',
  which_kind: 'Che tipo di prodotto cerca?',
  yes: 'sì',
  no: 'no',
  price_name: 'prezzo',
}

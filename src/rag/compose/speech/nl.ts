import type { Phrases } from '../composer.port.ts'

/** Dutch; see ../phrases.ts. */
export const NL: Phrases = {
  price: '{title}: {price}',
  availability: '{title}: {availability}',
  attribute: '{title} – {name}: {value}',
  products_one: 'Dit past bij wat u zoekt: ',
  products_many: 'Deze passen bij wat u zoekt: ',
  which_region: 'Dat hangt ervan af waar u bent. Om welke regio gaat het?',
  which_product: 'Er zijn er meerdere die passen. Welke bedoelt u?',
  listing: 'Van de productpagina: ',
  products_some: '{count} passen; dit zijn er {shown} van: ',
  products_more: 'Van {count} waarvan de pagina het vermeldt, de hoogste waarde ({name}): ',
  products_less: 'Van {count} waarvan de pagina het vermeldt, de laagste waarde ({name}): ',
  products_none: 'Geen van de {count} van dit soort past. Het dichtst in de buurt: ',
  products_silent: 'Bij {count} andere staat het er niet bij.',
  unsaid: 'staat niet op de productpagina',
  has_more: 'De hoogste ({name}): {title}',
  has_less: 'De laagste ({name}): {title}',
  both_same: 'Bij beide gelijk: {name}',
  which_shown: 'Welke van deze bedoelt u?',
  which_side: 'Er zijn er meerdere met die naam. Welke bedoelt u?',
  which_field: 'Welke maat bedoelt u?',
  which_kind: 'Wat voor product zoekt u?',
  yes: 'ja',
  no: 'nee',
  price_name: 'prijs',
}

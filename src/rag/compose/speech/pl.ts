import type { Phrases } from '../composer.port.ts'

/** Polish; see ../phrases.ts. */
export const PL: Phrases = {
  price: '{title}: {price}',
  availability: '{title}: {availability}',
  attribute: '{title} – {name}: {value}',
  products_one: 'To pasuje do tego, czego Pani/Pan szuka: ',
  products_many: 'Te pasują do tego, czego Pani/Pan szuka: ',
  which_region: 'To zależy od miejsca. O jaki region chodzi?',
  which_product: 'Pasuje kilka produktów. O który chodzi?',
  listing: 'Z karty produktu: ',
  products_some: 'Pasujących: {count}; oto {shown} z nich: ',
  products_more: 'Spośród {count}, których karta to podaje, najwyższa wartość ({name}): ',
  products_less: 'Spośród {count}, których karta to podaje, najniższa wartość ({name}): ',
  products_none: 'Żaden z {count} produktów tego rodzaju nie pasuje. Najbliższe: ',
  products_silent: 'Karty {count} innych tego nie podają.',
  unsaid: 'karta produktu tego nie podaje',
  has_more: 'Wyższa wartość ({name}): {title}',
  has_less: 'Niższa wartość ({name}): {title}',
  both_same: 'W obu tak samo: {name}',
  which_shown: 'O który z nich chodzi?',
  which_side: 'Jest kilka o tej nazwie. O który chodzi?',
  which_field: 'O jaki wymiar chodzi?',
  which_kind: 'Jakiego rodzaju produktu Pani/Pan szuka?',
  yes: 'tak',
  no: 'nie',
  price_name: 'cena',
}

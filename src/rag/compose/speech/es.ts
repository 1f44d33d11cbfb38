import type { Phrases } from '../composer.port.ts'

/** Spanish; see ../phrases.ts. */
export const ES: Phrases = {
  price: '{title}: {price}',
  availability: '{title}: {availability}',
  attribute: '{title} – {name}: {value}',
  products_one: 'Esto encaja con lo que busca: ',
  products_many: 'Estos encajan con lo que busca: ',
  which_region: 'Depende de dónde esté. ¿De qué región se trata?',
  which_product: 'Hay varios que encajan. ¿A cuál se refiere?',
  listing: 'De la ficha del producto: ',
  products_some: 'Encajan {count}; estos son {shown} de ellos: ',
  products_more: 'De {count} cuya ficha lo indica, el valor más alto ({name}): ',
  products_less: 'De {count} cuya ficha lo indica, el valor más bajo ({name}): ',
  products_none: 'Ninguno de los {count} de este tipo encaja. Los más cercanos: ',
  products_silent: 'Las fichas de otros {count} no lo dicen.',
  unsaid: 'la ficha no lo dice',
  has_more: 'El más alto ({name}): {title}',
  has_less: 'El más bajo ({name}): {title}',
  both_same: 'Igual en ambos: {name}',
  which_shown: '¿A cuál de estos se refiere?',
  which_side: 'Hay varios con ese nombre. ¿A cuál se refiere?',
  which_field: '¿A qué medida se refiere?',
  which_kind: '¿Qué tipo de producto busca?',
  yes: 'sí',
  no: 'no',
  price_name: 'precio',
}

import type { PhraseBook } from './composer.port.ts'

/** Every word of an answer that is not quoted. `{…}` is filled with typed values or titles, never with free text. */
export const PHRASES: PhraseBook = {
  en: {
    price: '{title}: {price}',
    availability: '{title}: {availability}',
    attribute: '{title} – {name}: {value}',
    products_one: 'This fits what you are looking for: ',
    products_many: 'These fit what you are looking for: ',
    which_region: 'That depends on where you are. Which region is it about?',
    which_product: 'There are several that fit. Which one do you mean?',
    listing: 'From the listing: ',
  },
  de: {
    price: '{title}: {price}',
    availability: '{title}: {availability}',
    attribute: '{title} – {name}: {value}',
    products_one: 'Das passt zu Ihrer Suche: ',
    products_many: 'Diese passen zu Ihrer Suche: ',
    which_region: 'Das hängt davon ab, wo Sie sind. Um welche Region geht es?',
    which_product: 'Es gibt mehrere, die passen. Welches meinen Sie?',
    listing: 'Aus der Produktseite: ',
  },
}

import type { Speech } from '../understand/understanding.port.ts'
import type { PhraseBook } from './composer.port.ts'
import { AR } from './speech/ar.ts'
import { ES } from './speech/es.ts'
import { FR } from './speech/fr.ts'
import { IT } from './speech/it.ts'
import { NL } from './speech/nl.ts'
import { PL } from './speech/pl.ts'

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
    products_some: '{count} fit; these are {shown} of them: ',
    products_more: 'Of {count} whose listing says, the highest {name} has: ',
    products_less: 'Of {count} whose listing says, the lowest {name} has: ',
    products_none: 'None of the {count} listed as such fits. Nearest: ',
    products_silent: 'The listings of {count} more do not say.',
    unsaid: 'the listing does not say',
    has_more: 'The higher {name}: {title}',
    has_less: 'The lower {name}: {title}',
    both_same: 'Both say the same {name}.',
    which_shown: 'Which of these do you mean?',
    which_side: 'There are several of that name. Which one do you mean?',
    which_field: 'Which measure do you mean?',
    which_kind: 'What kind of product are you looking for?',
    which_spelling: 'Did you mean this?',
    yes: 'yes',
    no: 'no',
    price_name: 'price',
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
    products_some: '{count} passen; das sind {shown} davon: ',
    products_more: 'Von {count}, deren Produktseite es nennt, am meisten {name}: ',
    products_less: 'Von {count}, deren Produktseite es nennt, am wenigsten {name}: ',
    products_none: 'Keines der {count} so gelisteten passt. Am nächsten: ',
    products_silent: 'Bei {count} weiteren steht es nicht.',
    unsaid: 'steht nicht auf der Produktseite',
    has_more: 'Mehr bei {name}: {title}',
    has_less: 'Weniger bei {name}: {title}',
    both_same: 'Bei beiden gleich: {name}',
    which_shown: 'Welches davon meinen Sie?',
    which_side: 'Davon gibt es mehrere. Welches meinen Sie?',
    which_field: 'Welches Maß meinen Sie?',
    which_kind: 'Welche Art von Produkt suchen Sie?',
    which_spelling: 'Meinten Sie das?',
    yes: 'ja',
    no: 'nein',
    price_name: 'Preis',
  },
  fr: FR,
  es: ES,
  it: IT,
  nl: NL,
  pl: PL,
  ar: AR,
}

/** A phrase with its `{slots}` filled; an unknown slot stays empty. */
export function filled(speech: Speech, name: string, slots: Record<string, string>): string {
  return (PHRASES[speech][name] ?? '').replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '')
}

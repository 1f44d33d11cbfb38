import type { Language, Speech } from '#rag/understand/understanding.port.ts'
import { AR } from './speech/ar.ts'
import { ES } from './speech/es.ts'
import { FR } from './speech/fr.ts'
import { IT } from './speech/it.ts'
import { NL } from './speech/nl.ts'
import { PL } from './speech/pl.ts'

/** Everything the assistant says in its own words. No fact about a shop stands here. */
export const PHRASES = {
  en: {
    greeting:
      'Hello! I am the automated assistant of this shop. Ask me about products, delivery, returns or your order; a person can take over at any time.',
    thanks: 'You are welcome! If there is anything else, just ask.',
    goodbye: 'Goodbye, and thank you for your visit!',
    about:
      'I am an automated assistant. I answer from this shop’s own pages and show you where it stands, I can look up your order, and a person can take over at any time.',
    refuse:
      'I can only help with questions about this shop and its orders, so I leave that text as it is. What would you like to know?',
    rephrase: 'I did not understand that. Could you ask it in other words?',
    added:
      'I do not know that either. I have passed it on; the person from our team who takes over sees it and replies here.',
    identify:
      'To look that up I need to know that the order is yours. Please sign in, or give the order number and the e-mail address used for it; you then get a one-time code.',
    not_yours:
      'I cannot show that order here. Please check the order number, and sign in or give the order number together with the e-mail address used for it.',
    no_orders: 'I see no orders under your account yet.',
    which_order: 'You have more than one order. Which one do you mean?',
    order_line: 'Order {order}: {status}',
    expected: ' It is expected by {date}.',
    last_event: ' Last word from the carrier: “{event}” ({date}).',
    change: 'I cannot change an order myself, so a person from our team takes over now. This is how it stands. ',
    person: 'Of course: a person from our team takes over here. They see everything you wrote and reply in this chat.',
    frustration:
      'I am sorry about this. A person from our team takes over now; they see everything you wrote, so you need not repeat it.',
    safety:
      'This needs a person at once, so I am handing over now. If anyone is in danger, please stop using the product and call your local emergency number first.',
    sensitive:
      'This is for a person, not for an automated assistant. A person from our team takes over and replies here.',
    exception:
      'I cannot decide on exceptions myself, so a person from our team takes over. They see everything you wrote and reply here.',
    unknown: 'I do not know this for certain, so I would rather not guess.',
    silent: 'I do not know: the listing of {title} does not say.',
    conflict: 'I do not know which is right: our pages say different things about this.',
    looked_at: ' I looked at {titles}.',
    looked_nowhere: ' I found nothing about it on our pages.',
    next: ' A person from our team takes over and replies here.',
    as_written: 'Our page says it in another language ({language}); this is how it stands there:',
    open_quote: '“',
    close_quote: '”',
    suggested: 'Thank you for your patience. Our page {page} says: {quote}',
    awaits: {
      payment: 'Your payment',
      dispatch: 'Hand-over to the carrier',
      rest: 'Dispatch of the rest',
      delivery: 'Delivery',
      delivery_today: 'Delivery today',
      pickup: 'Ready for you to pick up',
      carrier_news: 'News from the carrier',
      back_with_us: 'Arrival back with us',
      refund: 'Your refund',
    },
    status: {
      pending: 'received, not yet being packed',
      payment_hold: 'on hold until it is paid',
      processing: 'being prepared',
      on_hold: 'on hold',
      allocated: 'being packed',
      partially_shipped: 'partly on its way',
      delayed: 'delayed',
      ready_for_pickup: 'ready to be picked up',
      shipped: 'on its way',
      in_transit: 'on its way',
      out_for_delivery: 'out for delivery today',
      delivered: 'delivered',
      exception: 'held up on the way',
      lost: 'missing on the way',
      return_to_sender: 'on its way back to us',
      return_requested: 'delivered, with a return under way',
      returned: 'returned',
      cancelled: 'cancelled',
      canceled: 'cancelled',
      refunded: 'refunded',
      other: 'in progress',
    },
  },
  de: {
    greeting:
      'Hallo! Ich bin der automatische Assistent dieses Shops. Fragen Sie mich zu Produkten, Lieferung, Rückgabe oder Ihrer Bestellung; ein Mensch kann jederzeit übernehmen.',
    thanks: 'Gern geschehen! Wenn noch etwas ist, fragen Sie einfach.',
    goodbye: 'Auf Wiedersehen und danke für Ihren Besuch!',
    about:
      'Ich bin ein automatischer Assistent. Ich antworte aus den Seiten dieses Shops und zeige, wo es steht, ich kann Ihre Bestellung nachsehen, und ein Mensch kann jederzeit übernehmen.',
    refuse:
      'Ich kann nur bei Fragen zu diesem Shop und seinen Bestellungen helfen; diesen Text lasse ich deshalb so stehen. Was möchten Sie wissen?',
    rephrase: 'Das habe ich nicht verstanden. Können Sie es bitte in anderen Worten fragen?',
    added:
      'Auch das weiß ich nicht. Ich habe es weitergegeben; der Mensch aus unserem Team, der übernimmt, sieht es und antwortet hier.',
    identify:
      'Dafür muss ich wissen, dass es Ihre Bestellung ist. Bitte melden Sie sich an oder nennen Sie Bestellnummer und E-Mail-Adresse der Bestellung; Sie erhalten dann einen einmaligen Code.',
    not_yours:
      'Diese Bestellung kann ich hier nicht zeigen. Bitte prüfen Sie die Bestellnummer und melden Sie sich an oder nennen Sie Bestellnummer und E-Mail-Adresse der Bestellung.',
    no_orders: 'Zu Ihrem Konto sehe ich noch keine Bestellungen.',
    which_order: 'Sie haben mehrere Bestellungen. Welche meinen Sie?',
    order_line: 'Bestellung {order}: {status}',
    expected: ' Erwartet bis {date}.',
    last_event: ' Letzte Meldung des Paketdienstes: „{event}“ ({date}).',
    change:
      'Ich kann eine Bestellung nicht selbst ändern, deshalb übernimmt jetzt ein Mensch aus unserem Team. So steht es um sie. ',
    person:
      'Gern: Ein Mensch aus unserem Team übernimmt hier. Er sieht alles, was Sie geschrieben haben, und antwortet in diesem Chat.',
    frustration:
      'Das tut mir leid. Ein Mensch aus unserem Team übernimmt jetzt; er sieht alles, was Sie geschrieben haben, Sie müssen nichts wiederholen.',
    safety:
      'Das braucht sofort einen Menschen, ich übergebe jetzt. Wenn jemand in Gefahr ist, benutzen Sie das Produkt nicht weiter und rufen Sie zuerst den Notruf.',
    sensitive:
      'Das ist eine Sache für einen Menschen, nicht für einen automatischen Assistenten. Ein Mensch aus unserem Team übernimmt und antwortet hier.',
    exception:
      'Über Ausnahmen kann ich nicht entscheiden, deshalb übernimmt ein Mensch aus unserem Team. Er sieht alles, was Sie geschrieben haben, und antwortet hier.',
    unknown: 'Das weiß ich nicht sicher, und raten möchte ich nicht.',
    silent: 'Das weiß ich nicht: Auf der Seite von {title} steht dazu nichts.',
    conflict: 'Ich weiß nicht, was stimmt: Unsere Seiten sagen dazu Verschiedenes.',
    looked_at: ' Nachgesehen habe ich in {titles}.',
    looked_nowhere: ' Auf unseren Seiten habe ich dazu nichts gefunden.',
    next: ' Ein Mensch aus unserem Team übernimmt und antwortet hier.',
    as_written: 'Unsere Seite sagt es in einer anderen Sprache ({language}); so steht es dort:',
    open_quote: '„',
    close_quote: '“',
    suggested: 'Danke für Ihre Geduld. Auf unserer Seite {page} steht dazu: {quote}',
    awaits: {
      payment: 'Ihre Zahlung',
      dispatch: 'Übergabe an den Paketdienst',
      rest: 'Versand des Rests',
      delivery: 'Zustellung',
      delivery_today: 'Zustellung heute',
      pickup: 'Liegt zur Abholung bereit',
      carrier_news: 'Nachricht vom Paketdienst',
      back_with_us: 'Rückkehr zu uns',
      refund: 'Ihre Erstattung',
    },
    status: {
      pending: 'eingegangen, noch nicht in Arbeit',
      payment_hold: 'angehalten, bis sie bezahlt ist',
      processing: 'in Vorbereitung',
      on_hold: 'angehalten',
      allocated: 'wird gepackt',
      partially_shipped: 'teilweise unterwegs',
      delayed: 'verspätet',
      ready_for_pickup: 'liegt zur Abholung bereit',
      shipped: 'unterwegs',
      in_transit: 'unterwegs',
      out_for_delivery: 'heute in Zustellung',
      delivered: 'zugestellt',
      exception: 'unterwegs aufgehalten',
      lost: 'unterwegs vermisst',
      return_to_sender: 'auf dem Weg zurück zu uns',
      return_requested: 'zugestellt, eine Rückgabe läuft',
      returned: 'zurückgegeben',
      cancelled: 'storniert',
      canceled: 'storniert',
      refunded: 'erstattet',
      other: 'in Bearbeitung',
    },
  },
} as const satisfies Record<Language, unknown>

export type PhraseName = Exclude<keyof (typeof PHRASES)['en'], 'status' | 'awaits'>
/** What may be expected next of an order. */
export type Awaited = keyof (typeof PHRASES)['en']['awaits']

/** What is also said in the languages that only the widget has: everything but what is told of orders. */
export type SpokenPhrase = Exclude<
  PhraseName,
  'identify' | 'not_yours' | 'no_orders' | 'which_order' | 'order_line' | 'expected' | 'last_event' | 'change'
>
export type Spoken = Readonly<Record<SpokenPhrase, string>>

const SPOKEN: Record<Exclude<Speech, Language>, Spoken> = { fr: FR, es: ES, it: IT, nl: NL, pl: PL, ar: AR }

/** A phrase with its `{slots}` filled; an unknown slot stays empty. */
export function say(language: Language, name: PhraseName, slots?: Record<string, string>): string
export function say(speech: Speech, name: SpokenPhrase, slots?: Record<string, string>): string
export function say(speech: Speech, name: PhraseName, slots: Record<string, string> = {}): string {
  const phrase = speech === 'en' || speech === 'de' ? PHRASES[speech][name] : SPOKEN[speech][name as SpokenPhrase]
  return phrase.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '')
}

/** Words of the shop's between the language's own quotation marks. */
export const quoted = (speech: Speech, text: string) => say(speech, 'open_quote') + text + say(speech, 'close_quote')

export const awaitedText = (language: Language, what: Awaited): string => PHRASES[language].awaits[what]

/** An order's state in plain words; a state we have no words for is said to be in progress rather than guessed. */
export function statusText(language: Language, status: string): string {
  const known: Record<string, string> = PHRASES[language].status
  return known[status] ?? PHRASES[language].status.other
}

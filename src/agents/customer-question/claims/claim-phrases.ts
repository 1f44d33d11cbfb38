import type { OrderCase } from '#domain/answer.ts'
import type { ActionKind } from '#domain/exceptions/action.ts'
import type { ExceptionType } from '#domain/exceptions/exception-type.ts'
import type { Language } from '#rag/understand/understanding.port.ts'

type Phrases = {
  say: Record<
    | 'confirm'
    | 'which'
    | 'yes'
    | 'no'
    | 'left'
    | 'reported'
    | 'not_seen'
    | 'none'
    | 'own'
    | 'own_request'
    | 'found'
    | 'investigating'
    | 'requested'
    | 'approved'
    | 'released'
    | 'waiting'
    | 'with_person'
    | 'rest_with_person'
    | 'rest_waiting'
    | 'late'
    | 'done'
    | 'undone'
    | 'declined'
    | 'closed'
    | 'closed_cancelled',
    string
  >
  /** What went wrong, in plain words. */
  what: Record<ExceptionType, string>
  /** How a case stands, in a word or two. */
  state: Record<OrderCase['state'], string>
  /** An action as something asked for, and as something done; null: it is between the shop and others. */
  action: Partial<Record<ActionKind, [asked: string, done: string]>>
}

/** What the assistant says of reports and of what became of them. No sentence of it calls anything done but `done` and `undone`, which stand beside a receipt. */
const PHRASES: Record<Language, Phrases> = {
  en: {
    say: {
      confirm:
        'I can report this for order {order}: {what}. I cannot decide it myself; our team looks into it and decides. Shall I report it?',
      which: 'I can report this: {what}. Which order is it about?',
      yes: 'Yes, report it',
      no: 'No, do not report it',
      left: 'All right, nothing was reported.',
      reported:
        'I have passed on your report for order {order}: {what}. A solution is requested, not decided: our team looks into it and decides by {due}. Ask me here at any time how it stands.',
      not_seen: 'I cannot see that from here, so a person from our team takes over now. This is how the order stands. ',
      none: 'I see no report for your orders. If something is wrong with one, tell me what happened.',
      own_request: 'Your request for order {order} ({what}): ',
      own: 'Your report on order {order} ({what}): ',
      found: 'Order {order} ({what}): ',
      investigating: 'it is being looked into. Our team decides by {due}; nothing has been decided yet.',
      requested:
        'requested is {actions}. A person from our team decides about it by {due}; it is not done before that.',
      approved: 'our team agreed to {actions}. It is being carried out and is not done yet.',
      released: 'the shop’s own rules allow {actions}. It is being carried out and is not done yet.',
      waiting: 'we are waiting for news, and look at it again by {again}. Nothing has been decided yet.',
      with_person: 'a person from our team has it and decides by {due}. Nothing has been decided yet.',
      rest_with_person: 'a person from our team has the rest of it and decides by {due}.',
      rest_waiting: 'we are waiting for news, and look at it again by {again}.',
      late: ' That time has passed, which we are sorry for; you can ask for a person here.',
      done: 'done: {actions}.',
      undone: ' Taken back again: {actions}.',
      declined: 'our team did not agree to {actions}. Nothing of it was done; a person here can tell you more.',
      closed: 'it is closed. Nothing was changed on the order.',
      closed_cancelled: 'it is closed.',
    },
    what: {
      delivered_not_received_claim: 'it is marked as delivered, but you have not got it',
      damaged_in_transit: 'it arrived damaged',
      partial_shipment_short: 'something is missing from it',
      refund_pending_too_long: 'the refund has not reached you',
      lost_in_transit: 'the parcel may be lost',
      carrier_delay: 'it is late',
      carrier_exception_address: 'the carrier has a problem with the address',
      address_invalid: 'something is wrong with the delivery address',
      out_of_stock_open_order: 'an item is out of stock',
      payment_hold: 'there is a problem with the payment',
      return_to_sender: 'the parcel is on its way back to us',
      fraud_hold: 'it is being checked',
      duplicate_order: 'it may have been ordered twice',
      price_mismatch: 'there is a question about the price',
      customer_request: 'a change to the order',
    },
    state: {
      investigating: 'being looked into',
      requested: 'requested, not done yet',
      agreed: 'agreed, being carried out',
      waiting: 'waiting for news',
      with_person: 'with our team',
      declined: 'not agreed to',
      done: 'done',
      closed: 'closed',
    },
    action: {
      refund: ['a refund{of}', 'a refund{of} was issued{receipt}'],
      reissue_refund: ['a new payment of the refund{of}', 'the refund{of} was issued again{receipt}'],
      credit: ['a credit{of}', 'a credit{of} was added{receipt}'],
      reship: ['a replacement', 'a replacement was arranged{receipt}'],
      update_shipping_address: ['a change of the delivery address', 'the delivery address was changed{receipt}'],
      cancel_order: ['a cancellation of the order', 'the order was cancelled{receipt}'],
      cancel_line: ['a cancellation of an item', 'an item was cancelled{receipt}'],
      hold_order: ['a stop of the order for now', 'the order is on hold{receipt}'],
      release_hold: ['that the order goes on', 'the order goes on{receipt}'],
      retry_payment: ['another try of the payment', 'the payment was tried again{receipt}'],
      backorder_line: ['that an item waits for new stock', 'an item waits for new stock{receipt}'],
      reallocate_stock: ['that an item comes from another place', 'an item comes from another place{receipt}'],
      correct_price: ['a correction of the price', 'the price was corrected{receipt}'],
      chase_refund: [
        'a question to the payment provider about your refund',
        'the payment provider was asked about it{receipt}',
      ],
      open_carrier_trace: ['a search by the carrier', 'the carrier was asked to search{receipt}'],
      request_evidence: ['a message to you asking for pictures', 'you were written to for pictures{receipt}'],
      request_address: ['a message to you about the address', 'you were written to about the address{receipt}'],
      request_payment_method: ['a message to you about the payment', 'you were written to about the payment{receipt}'],
      open_return: ['a return', 'the return was registered, you can send it back{receipt}'],
      ask_customer: ['a message to you with a question', 'you were written to with a question{receipt}'],
    },
  },
  de: {
    say: {
      confirm:
        'Ich kann das zu Bestellung {order} melden: {what}. Entscheiden kann ich es nicht; unser Team prüft und entscheidet es. Soll ich es melden?',
      which: 'Ich kann das melden: {what}. Um welche Bestellung geht es?',
      yes: 'Ja, melden',
      no: 'Nein, nicht melden',
      left: 'In Ordnung, es wurde nichts gemeldet.',
      reported:
        'Ich habe Ihre Meldung zu Bestellung {order} weitergegeben: {what}. Eine Lösung ist angefragt, nicht entschieden: Unser Team prüft es und entscheidet bis {due}. Sie können hier jederzeit nach dem Stand fragen.',
      not_seen:
        'Das kann ich von hier aus nicht sehen, deshalb übernimmt jetzt ein Mensch aus unserem Team. So steht es um die Bestellung. ',
      none: 'Zu Ihren Bestellungen sehe ich keine Meldung. Wenn etwas nicht stimmt, schreiben Sie mir, was passiert ist.',
      own_request: 'Ihre Anfrage zu Bestellung {order} ({what}): ',
      own: 'Ihre Meldung zu Bestellung {order} ({what}): ',
      found: 'Bestellung {order} ({what}): ',
      investigating: 'Das wird geprüft. Unser Team entscheidet bis {due}; entschieden ist noch nichts.',
      requested:
        'Angefragt ist {actions}. Ein Mensch aus unserem Team entscheidet darüber bis {due}; vorher geschieht es nicht.',
      approved: 'Unser Team hat zugestimmt: {actions}. Es wird gerade ausgeführt und ist noch nicht geschehen.',
      released: 'Die Regeln des Shops lassen es zu: {actions}. Es wird gerade ausgeführt und ist noch nicht geschehen.',
      waiting: 'Wir warten auf Nachricht und sehen bis {again} wieder nach. Entschieden ist noch nichts.',
      with_person:
        'Ein Mensch aus unserem Team kümmert sich darum und entscheidet bis {due}. Entschieden ist noch nichts.',
      rest_with_person: 'Um das Übrige kümmert sich ein Mensch aus unserem Team und entscheidet bis {due}.',
      rest_waiting: 'Wir warten auf Nachricht und sehen bis {again} wieder nach.',
      late: ' Diese Zeit ist überschritten, das tut uns leid; Sie können hier nach einem Menschen fragen.',
      done: 'Erledigt: {actions}.',
      undone: ' Wieder zurückgenommen: {actions}.',
      declined:
        'Unser Team hat nicht zugestimmt: {actions}. Davon ist nichts geschehen; ein Mensch kann Ihnen hier mehr sagen.',
      closed: 'Das ist abgeschlossen. An der Bestellung wurde nichts verändert.',
      closed_cancelled: 'Das ist abgeschlossen.',
    },
    what: {
      delivered_not_received_claim: 'Sie gilt als zugestellt, ist aber nicht bei Ihnen',
      damaged_in_transit: 'Sie kam beschädigt an',
      partial_shipment_short: 'Es fehlt etwas',
      refund_pending_too_long: 'Die Erstattung ist nicht bei Ihnen',
      lost_in_transit: 'Das Paket ist vielleicht verloren',
      carrier_delay: 'Sie ist verspätet',
      carrier_exception_address: 'Der Paketdienst hat ein Problem mit der Adresse',
      address_invalid: 'Mit der Lieferadresse stimmt etwas nicht',
      out_of_stock_open_order: 'Ein Artikel ist nicht auf Lager',
      payment_hold: 'Es gibt ein Problem mit der Zahlung',
      return_to_sender: 'Das Paket ist auf dem Weg zurück zu uns',
      fraud_hold: 'Sie wird geprüft',
      duplicate_order: 'Sie ging vielleicht zweimal ein',
      price_mismatch: 'Zum Preis gibt es eine Frage',
      customer_request: 'eine Änderung der Bestellung',
    },
    state: {
      investigating: 'wird geprüft',
      requested: 'angefragt, noch nicht geschehen',
      agreed: 'zugestimmt, wird ausgeführt',
      waiting: 'wartet auf Nachricht',
      with_person: 'bei unserem Team',
      declined: 'nicht zugestimmt',
      done: 'erledigt',
      closed: 'abgeschlossen',
    },
    action: {
      refund: ['eine Erstattung{of}', 'Eine Erstattung{of} wurde veranlasst{receipt}'],
      reissue_refund: ['eine neue Auszahlung der Erstattung{of}', 'Die Erstattung{of} wurde neu veranlasst{receipt}'],
      credit: ['eine Gutschrift{of}', 'Eine Gutschrift{of} wurde ausgestellt{receipt}'],
      reship: ['eine Ersatzlieferung', 'Eine Ersatzlieferung wurde veranlasst{receipt}'],
      update_shipping_address: ['eine Änderung der Lieferadresse', 'Die Lieferadresse wurde geändert{receipt}'],
      cancel_order: ['eine Stornierung der Bestellung', 'Die Bestellung wurde storniert{receipt}'],
      cancel_line: ['eine Stornierung eines Artikels', 'Ein Artikel wurde storniert{receipt}'],
      hold_order: ['ein Halt der Bestellung', 'Die Bestellung ist angehalten{receipt}'],
      release_hold: ['dass die Bestellung weitergeht', 'Die Bestellung geht weiter{receipt}'],
      retry_payment: ['ein neuer Versuch der Zahlung', 'Die Zahlung wurde neu versucht{receipt}'],
      backorder_line: ['dass ein Artikel auf Nachschub wartet', 'Ein Artikel wartet auf Nachschub{receipt}'],
      reallocate_stock: [
        'dass ein Artikel aus einem anderen Lager kommt',
        'Ein Artikel kommt aus einem anderen Lager{receipt}',
      ],
      correct_price: ['eine Korrektur des Preises', 'Der Preis wurde korrigiert{receipt}'],
      chase_refund: [
        'eine Nachfrage beim Zahlungsdienst zu Ihrer Erstattung',
        'Beim Zahlungsdienst wurde nachgefragt{receipt}',
      ],
      open_carrier_trace: ['eine Suche durch den Paketdienst', 'Der Paketdienst wurde um eine Suche gebeten{receipt}'],
      request_evidence: ['eine Bitte an Sie um Bilder', 'Sie wurden um Bilder gebeten{receipt}'],
      request_address: ['eine Frage an Sie nach der Adresse', 'Sie wurden nach der Adresse gefragt{receipt}'],
      request_payment_method: ['eine Frage an Sie nach der Zahlung', 'Sie wurden nach der Zahlung gefragt{receipt}'],
      open_return: ['eine Rückgabe', 'Die Rückgabe ist angemeldet, Sie können es zurücksenden{receipt}'],
      ask_customer: ['eine Frage an Sie', 'Ihnen wurde eine Frage gestellt{receipt}'],
    },
  },
}

export type ClaimPhrase = keyof Phrases['say']

/** A phrase with its `{slots}` filled; an unknown slot stays empty. */
export const tell = (language: Language, name: ClaimPhrase, slots: Record<string, string> = {}): string =>
  filled(PHRASES[language].say[name], slots)

export const stateText = (language: Language, state: OrderCase['state']): string => PHRASES[language].state[state]

export const whatText = (language: Language, type: ExceptionType): string => PHRASES[language].what[type]

/** An action as it is asked for or done; null where it is none of the shopper's business. */
export function actionText(
  language: Language,
  kind: ActionKind,
  how: 'asked' | 'done',
  slots: { of: string; receipt: string },
): string | null {
  const phrases = PHRASES[language].action[kind]
  return phrases ? filled(phrases[how === 'asked' ? 0 : 1], slots) : null
}

const filled = (phrase: string, slots: Record<string, string>) =>
  phrase.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '')

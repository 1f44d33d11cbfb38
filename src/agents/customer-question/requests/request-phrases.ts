import type { RequestKind, RequestRefusal } from '#domain/exceptions/customer-request.ts'
import type { Language } from '#rag/understand/understanding.port.ts'

type Phrases = {
  say: Record<
    | 'decides'
    | 'yes'
    | 'no'
    | 'left'
    | 'which'
    | 'address'
    | 'address_again'
    | 'items'
    | 'items_again'
    | 'change'
    | 'requested'
    | 'other_open'
    | 'cannot'
    | 'return_later'
    | 'return_now'
    | 'for_person'
    | 'needs_person',
    string
  >
  /** What would be done, as a sentence of its own. */
  effect: Record<RequestKind | 'no_money' | 'money_back' | 'items_back' | 'return_back' | 'rest_stays', string>
  /** The request as a name. */
  name: Record<RequestKind, string>
  /** Ready words for a button. */
  ask: Partial<Record<RequestKind | 'person', string>>
  why: Record<RequestRefusal, string>
}

/** What the assistant says of requests. Nothing here calls anything done: what was done is told by its receipt, see claims/case-text. */
const PHRASES: Record<Language, Phrases> = {
  en: {
    say: {
      decides:
        ' I cannot do this by myself: I pass it on as a request, and it is done once the shop agrees, which is shown here. Shall I ask for it?',
      yes: 'Yes, ask for it',
      no: 'No, leave it as it is',
      left: 'All right, nothing was requested and the order stays as it is.',
      which: 'I can ask for this: {what}. Which order is it about?',
      address:
        'Where should order {order} go? Please write the whole new address in one message, for example: 12 High Street, 10115 Berlin, Germany.',
      address_again:
        'I could not read a whole address in that. Please write street and number, postal code, town and country, for example: 12 High Street, 10115 Berlin, Germany.',
      items: 'Which items do you mean? Order {order} holds: {items}.',
      items_again: 'I could not tell which of these you mean. Order {order} holds: {items}.',
      change: 'What should be changed on order {order}? This is what I can ask for.',
      requested:
        'Requested, not done yet, for order {order}: {what}. A person of our team, or the shop’s own rules, decide by {due}. You see here and in the order’s card what comes of it.',
      other_open: 'A request on order {order} is still open, so I did not add another. ',
      cannot: 'I cannot ask for {what} for order {order}: {why}.',
      return_later: ' Once it has arrived, you can ask for a return here.',
      return_now: ' You can ask for a return instead.',
      for_person:
        'I cannot arrange {what} from here, so a person from our team takes over now. They see everything you wrote. This is how the order stands. ',
      needs_person: ' A person from our team can help further; just ask for one.',
    },
    effect: {
      cancel: 'Order {order} over {total} will be cancelled: {items}.',
      address: 'Order {order} will be sent to this address instead of the one on it: {address}.',
      remove_items: 'Taken off order {order} will be {items}.',
      payment: 'You get an e-mail that asks for another way to pay for order {order} ({total}).',
      return: 'A return for order {order} will be registered: {items}. No money moves before it is back with us.',
      return_back: ' Then what was paid for it, {amount}, is due back to you the way you paid.',
      rest_stays: ' The rest of it stays.',
      no_money: ' Nothing was taken for it yet, so nothing has to go back.',
      money_back: ' {amount} will go back the way you paid; the bank usually needs a few days after that.',
      items_back: ' What was paid for them, {amount}, will go back the way you paid.',
    },
    name: {
      cancel: 'a cancellation',
      address: 'another delivery address',
      remove_items: 'items taken off the order',
      payment: 'another way to pay',
      return: 'a return',
    },
    ask: {
      cancel: 'Cancel order {order}',
      address: 'Change the address of order {order}',
      remove_items: 'Remove items from order {order}',
      payment: 'Change the payment of order {order}',
      return: 'I want to return order {order}',
      person: 'I want to speak to a person',
    },
    why: {
      already_cancelled: 'it is over already',
      already_shipped: 'it is already on its way',
      already_delivered: 'it has already arrived',
      already_so: 'it already has this address',
      not_arrived: 'it has not arrived yet',
      returning_already: 'a return of it is under way already',
      paid_already: 'it is paid already, and the way it was paid cannot be changed any more',
      unknown_items: 'it does not have these items',
    },
  },
  de: {
    say: {
      decides:
        ' Selbst tun kann ich das nicht: Ich gebe es als Anfrage weiter, und es geschieht erst, wenn der Shop zustimmt; das sehen Sie dann hier. Soll ich es anfragen?',
      yes: 'Ja, bitte anfragen',
      no: 'Nein, so lassen',
      left: 'In Ordnung, es wurde nichts angefragt, und die Bestellung bleibt, wie sie ist.',
      which: 'Ich kann das anfragen: {what}. Um welche Bestellung geht es?',
      address:
        'Wohin soll Bestellung {order} gehen? Bitte schreiben Sie die ganze neue Adresse in einer Nachricht, zum Beispiel: Neue Straße 5, 10115 Berlin, Deutschland.',
      address_again:
        'Daraus konnte ich keine ganze Adresse lesen. Bitte schreiben Sie Straße und Hausnummer, Postleitzahl, Ort und Land, zum Beispiel: Neue Straße 5, 10115 Berlin, Deutschland.',
      items: 'Welche Artikel meinen Sie? Bestellung {order} enthält: {items}.',
      items_again: 'Ich konnte nicht erkennen, welche davon Sie meinen. Bestellung {order} enthält: {items}.',
      change: 'Was soll an Bestellung {order} geändert werden? Das kann ich anfragen.',
      requested:
        'Angefragt, noch nicht geschehen, für Bestellung {order}: {what}. Ein Mensch aus unserem Team oder die Regeln des Shops entscheiden bis {due}. Was daraus wird, sehen Sie hier und auf der Karte der Bestellung.',
      other_open: 'Zu Bestellung {order} ist noch eine Anfrage offen, deshalb habe ich keine weitere gestellt. ',
      cannot: 'Für Bestellung {order} kann ich das nicht anfragen ({what}): {why}.',
      return_later: ' Sobald sie da ist, können Sie hier eine Rückgabe anfragen.',
      return_now: ' Sie können stattdessen eine Rückgabe anfragen.',
      for_person:
        'Das kann ich von hier aus nicht veranlassen ({what}), deshalb übernimmt jetzt ein Mensch aus unserem Team. Er sieht alles, was Sie geschrieben haben. So steht es um die Bestellung. ',
      needs_person: ' Ein Mensch aus unserem Team kann weiterhelfen; fragen Sie einfach danach.',
    },
    effect: {
      cancel: 'Bestellung {order} über {total} wird storniert: {items}.',
      address: 'Bestellung {order} geht an diese Adresse statt an die bisherige: {address}.',
      remove_items: 'Aus Bestellung {order} genommen wird: {items}.',
      payment: 'Sie erhalten eine E-Mail mit der Bitte um eine andere Zahlungsart für Bestellung {order} ({total}).',
      return:
        'Eine Rückgabe zu Bestellung {order} wird angemeldet: {items}. Bevor es wieder bei uns ist, bewegt sich kein Geld.',
      return_back: ' Danach steht Ihnen das dafür Bezahlte, {amount}, auf demselben Weg zu.',
      rest_stays: ' Der Rest bleibt.',
      no_money: ' Es wurde noch nichts abgebucht, also muss nichts zurück.',
      money_back:
        ' {amount} gehen auf dem Weg zurück, auf dem Sie bezahlt haben; die Bank braucht danach meist einige Tage.',
      items_back: ' Was dafür bezahlt wurde, {amount}, geht auf dem Weg zurück, auf dem Sie bezahlt haben.',
    },
    name: {
      cancel: 'eine Stornierung',
      address: 'eine andere Lieferadresse',
      remove_items: 'Artikel aus der Bestellung nehmen',
      payment: 'eine andere Zahlungsart',
      return: 'eine Rückgabe',
    },
    ask: {
      cancel: 'Bestellung {order} stornieren',
      address: 'Adresse von Bestellung {order} ändern',
      remove_items: 'Artikel aus meiner Bestellung {order} entfernen',
      payment: 'Zahlungsart von Bestellung {order} ändern',
      return: 'Ich möchte Bestellung {order} zurückgeben',
      person: 'Ich möchte mit einem Menschen sprechen',
    },
    why: {
      already_cancelled: 'sie ist bereits abgeschlossen',
      already_shipped: 'sie ist schon unterwegs',
      already_delivered: 'sie ist schon angekommen',
      already_so: 'sie hat diese Adresse schon',
      not_arrived: 'sie ist noch nicht angekommen',
      returning_already: 'eine Rückgabe dazu läuft schon',
      paid_already: 'sie ist schon bezahlt, und die Zahlungsart lässt sich nicht mehr ändern',
      unknown_items: 'sie enthält diese Artikel nicht',
    },
  },
}

export type RequestPhrase = keyof Phrases['say']
export type Slots = Record<string, string>

/** A phrase with its `{slots}` filled; an unknown slot stays empty. */
export const tellRequest = (language: Language, name: RequestPhrase, slots: Slots = {}): string =>
  filled(PHRASES[language].say[name], slots)

export const effectText = (language: Language, name: keyof Phrases['effect'], slots: Slots = {}): string =>
  filled(PHRASES[language].effect[name], slots)

export const requestName = (language: Language, kind: RequestKind): string => PHRASES[language].name[kind]

export const whyNot = (language: Language, why: RequestRefusal): string => PHRASES[language].why[why]

/** A button that asks for something: its words are what the shopper would write. */
export function askFor(language: Language, what: keyof Phrases['ask'], slots: Slots): { label: string; value: string } {
  const words = filled(PHRASES[language].ask[what] ?? '', slots)
  return { label: words, value: words }
}

const filled = (phrase: string, slots: Slots) => phrase.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '')

import type { RequestKind } from '#domain/exceptions/customer-request.ts'

/** What a shopper asks to be done. `change`: they do not say what. The last two are for a person, see offer-request. */
export type WishKind = RequestKind | 'change' | 'other_items' | 'exchange'

/** A wish is short; a cue in a long text is more often a quotation. */
const WISH_LENGTH = 600

const OWN = `(?:my|our|the|this|that|these|those|all|meine[nmrs]?|unsere[nmrs]?|diese[nmrs]?|die|das|den|der)`
const NUMBER = String.raw`(?:#?[a-z]{0,5}[-_]?\d{4,12})`
const ORDER = String.raw`(?:(?:${OWN} )?(?:(?:last|recent|latest|new|whole|entire|letzte|ganze|neue) )?(?:order|orders|purchase|parcel|package|delivery|shipment|bestellung|bestellungen|auftrag|lieferung|kauf)(?:,? (?:number|no\.?|nr\.?|nummer))? ?${NUMBER}?|${NUMBER}|it|that|them|everything|sie|es|alles)`
const THING = String.raw`(?:it|them|this|these|sie|es|(?:${OWN}|one of my|some of my|part of my|an?|one|two|eine[nmr]?|ein paar) [\p{L}\p{N} .,&'-]{2,60}|(?:order |bestellung |auftrag )?${NUMBER})`

/** Where a wish may begin: at the start of a sentence or behind a break, with the words people put in front of it. */
const WISH = String.raw`(?:^|[,;:–-] ?|\b(?:and|but|so|therefore|und|aber|daher|also|deshalb) )(?:(?:hi|hello|hey|hallo|guten tag|ok|okay|yes|ja|no|sorry|please|pls|kindly|just|now|then|actually|still|instead|bitte|dann|doch|jetzt|gerne?|noch),? |(?:can|could|would|will) (?:you|somebody|someone) |(?:i|we)(?:'d| would) (?:really )?(?:like|love|prefer) (?:you )?to |(?:i|we) (?:really )?(?:want|need|have|wish|must|wanna|gotta)(?: you)?(?: to)? |i'm (?:going|trying|looking) to |i am (?:trying|looking) to |let me |help me (?:to )?|(?:want|need|like) to |(?:können|könnten|würden) sie |(?:kannst|könntest|könnt|würdest) (?:du|ihr) |(?:ich|wir) (?:möchten?|will|wollen|muss|müssen|würden?) )*`

const wish = (rest: string) => new RegExp(WISH + rest, 'u')
const ADDRESS = `(?:(?:delivery|shipping|postal|street|liefer|versand|post|zustell)[- ]?)?(?:address|adresse|anschrift)`
const PAYMENT = `(?:payment(?: method| option| type)?|(?:credit |debit |bank )?card|zahlungsart|zahlungsmethode|zahlungsweise|zahlung|karte|kreditkarte)`

/** The first that holds; narrower ones first. Texts are lower case with plain apostrophes, a sentence each. */
const WISHES: [WishKind, RegExp[]][] = [
  [
    'address',
    [
      wish(String.raw`(?:change|update|correct|edit|modify|fix|switch|amend|replace)\b[^.?!]{0,40}\b${ADDRESS}\b`),
      wish(
        String.raw`(?:ändere|ändert|ändern|korrigiere|korrigieren|aktualisiere|aktualisieren)\b[^.?!]{0,50}${ADDRESS}\b`,
      ),
      wish(String.raw`[^.?!]{0,40}\b${ADDRESS}\b[^.?!]{0,40}(?:ändern|korrigieren|anpassen|aktualisieren)\b`),
      wish(
        String.raw`(?:send|ship|deliver|redirect) ${ORDER} (?:to|somewhere)\b[^.?!]{0,30}\b(?:another|a different|a new|my new|other|this|work|following)\b`,
      ),
      /\b(?:entered|typed|gave|put(?: in)?|used|provided|chose|selected)\b[^.?!]{0,20}\b(?:wrong|old|incorrect)\b[^.?!]{0,20}\baddress\b/u,
      /\b(?:falsche|alte|verkehrte)\b[^.?!]{0,15}adresse\b[^.?!]{0,20}\b(?:angegeben|eingegeben|genannt|gewählt)\b/u,
    ],
  ],
  [
    'payment',
    [
      wish(
        String.raw`(?:change|update|switch|replace|use another|use a different|pay with (?:another|a different|my other))\b[^.?!]{0,40}\b${PAYMENT}\b`,
      ),
      wish(String.raw`(?:ändere|ändern|wechsle|wechseln)\b[^.?!]{0,40}\b${PAYMENT}\b`),
      wish(String.raw`[^.?!]{0,30}\b${PAYMENT}\b[^.?!]{0,30}(?:ändern|wechseln)\b`),
    ],
  ],
  [
    'exchange',
    [
      wish(`(?:exchange|swap) ${THING}`),
      wish(String.raw`(?:exchange|swap)\b[^.?!]{0,40}\bfor\b`),
      wish(String.raw`[^.?!]{0,40}\b(?:umtauschen|eintauschen|tauschen)\b`),
      wish(String.raw`(?:tausche|tauscht) [^.?!]{0,40}\b(?:um|aus|gegen)\b`),
    ],
  ],
  [
    'return',
    [
      wish(String.raw`(?:return|send back|give back|ship back) (?!to\b)${THING}`),
      wish(String.raw`(?:send|give|ship) ${THING} back\b`),
      wish(String.raw`[^.?!]{0,50}\b(?:zurückgeben|zurückschicken|zurücksenden|retournieren)\b`),
    ],
  ],
  [
    'remove_items',
    [
      wish(
        String.raw`(?:remove|drop|delete|take (?:off|out)|leave out|cancel) [^.?!]{2,60}\b(?:from|off|of|in) ${ORDER}`,
      ),
      wish(String.raw`take [^.?!]{2,60}\b(?:off|out of) ${ORDER}`),
      wish(
        String.raw`[^.?!]{2,60}\b(?:aus|von) (?:meiner|der|dieser) bestellung\b[^.?!]{0,20}\b(?:entfernen|nehmen|streichen|löschen|rausnehmen|herausnehmen)\b`,
      ),
      wish(String.raw`(?:entfernen|streichen|nehmen) sie [^.?!]{2,60}\b(?:aus|von) (?:meiner|der|dieser) bestellung\b`),
    ],
  ],
  [
    'other_items',
    [
      wish(String.raw`(?:add|change|swap|replace) [^.?!]{2,60}\b(?:to|in|on|of|from) ${ORDER}`),
      wish(String.raw`change (?:the )?(?:size|colour|color|quantity|item|items|variant)\b`),
      wish(
        String.raw`[^.?!]{2,60}\b(?:zu|zur|in|an) (?:meiner|der|dieser|meine) bestellung\b[^.?!]{0,20}\b(?:hinzufügen|ändern|ergänzen)\b`,
      ),
    ],
  ],
  [
    'cancel',
    [
      wish(String.raw`(?:cancel|withdraw|revoke|call off|abort|undo) ${ORDER}(?=$|[\s.!?,;])`),
      wish(`(?:cancel|stornieren|storniere)(?: please| bitte)?$`),
      wish(
        String.raw`(?:storniere|storniert|stornieren(?: sie)?|widerrufe|abbestellen) (?:sie )?(?:bitte )?${ORDER}(?=$|[\s.!?,;])`,
      ),
      wish(
        String.raw`(?:bitte )?${ORDER}(?: bitte| noch| doch| wieder| gerne| sofort| direkt)* (?:stornieren|widerrufen|abbestellen|canceln|zurückziehen)\b`,
      ),
      wish(
        `(?:(?:i|we) )?(?:don't|do not|no longer) (?:want|need|send|ship) (?:my|the|this|that) (?:order|parcel|delivery)(?: any ?more| any longer)?(?=$|[.!?,;])`,
      ),
    ],
  ],
  [
    'change',
    [
      wish(String.raw`(?:change|amend|modify|edit|update) ${ORDER}(?=$|[\s.!?,;])`),
      wish(String.raw`(?:bitte )?${ORDER} (?:noch )?(?:ändern|anpassen|bearbeiten)\b`),
    ],
  ],
]

/** Asks for the rules rather than for the thing: "Can I cancel?" is answered from the shop's pages. */
const QUESTION =
  /^(?:(?:hi|hello|hey|hallo|ok|okay|and|but|so|und|aber|please|bitte|also)[ ,!.]+)*(?:(?:can|could|may|might|should|shall|must|do|did|does|would|will|am|are|is|was|were|has|have) (?:i|we|one|it|my|our|the|a|an|they|there|you (?:allow|accept|offer|let|have))\b|how\b|what\b|when\b|until\b|which\b|where\b|why\b|who\b|if\b|kann (?:ich|man|wir|meine)\b|können wir\b|könnte (?:ich|man)\b|darf\b|muss (?:ich|man)\b|soll(?:te)? ich\b|wie\b|was\b|wann\b|bis wann\b|wer\b|warum\b|wo\b|welche|wenn\b|falls\b|ist\b|sind\b|gibt\b|habe ich\b)/u
const NOT =
  /\bnicht (?:mehr |wieder )?(?:stornieren|widerrufen|ändern|korrigieren|zurück\p{L}+|umtauschen|tauschen|entfernen|retournieren|abbestellen|wechseln)/u
const RULES =
  /\b(?:policy|policies|possible|allowed|what if|what happens|how|wie|geht das|bis wann|möglich|erlaubt|was passiert|ob ich)\b/u
/** Other things that are cancelled, changed and given back. */
const ELSEWHERE =
  /\b(?:newsletter|subscription|account|password|abo|abonnement|konto|passwort|appointment|termin|cookie|language|currency|region|my (?:e-?mail|name|phone)|email address|e-mail address|e-?mail-?adresse|billing|rechnungsadresse|return address|ip address|to sender|gift ?card|my mind)\b/u

/** Asks the shop for something it has or does. Not `can you`: that is how many say what they want done. */
const OF_SHOP =
  /^(?:(?:ok|okay|and|but|und|aber)[ ,]+)*(?:(?:do|does|have|has|are|is) (?:you|they|your|there|these|those)\b|(?:haben|führen|verkaufen|bieten) sie\b|(?:habt|führt|verkauft|bietet) ihr\b)/u

/** Whether a text begins like a question, with a question mark or without. */
export function isAsking(text: string): boolean {
  const lower = text.toLowerCase().trim()
  return QUESTION.test(lower) || OF_SHOP.test(lower)
}

/** What a text asks to be done to an order of theirs, in English or German; null where it asks for nothing, or only about the rules. */
export function wishIn(text: string): WishKind | null {
  const lower = text.toLowerCase().replace(/[’`´]/g, "'").replace(/\s+/g, ' ').trim()
  if (lower.length > WISH_LENGTH) return null
  for (const sentence of lower.split(/(?<=[.?!])\s+|\n/)) {
    const bare = sentence.replace(/[.?!\s]+$/, '')
    if (QUESTION.test(sentence) || RULES.test(sentence) || NOT.test(sentence) || ELSEWHERE.test(sentence)) continue
    const found = WISHES.find(([, patterns]) => patterns.some((pattern) => pattern.test(bare)))
    if (found) return found[0]
  }
  return null
}

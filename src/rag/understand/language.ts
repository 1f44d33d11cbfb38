import type { Language, Speech } from './understanding.port.ts'

const GERMAN =
  /\b(?:der|die|das|den|dem|ein|eine|einen|ist|sind|und|oder|ich|ihr|sie|wir|wie|was|wann|wo|wer|wieviel|warum|kann|könnt|können|habt|gibt|nicht|kein|keine|mit|für|zu|zum|zur|auf|bei|meine|mein|euch|bitte|danke|hallo|welche|wird|werden|möchte|versand|lieferung|bestellung|rückgabe|kostet|kosten|lange)\b/g
const ENGLISH =
  /\b(?:the|a|an|is|are|do|does|did|can|could|how|what|when|where|who|which|why|you|your|i|my|me|to|of|for|in|on|and|with|have|has|will|please|order|return|shipping|it|this|that|from|was|were|not|hello|thanks)\b/g

/** German when its small words or letters lead, English when those do, else the session's: only these two are understood without a model. */
export function languageOf(text: string, locale: string | null): Language {
  const lower = text.toLowerCase()
  const german = (lower.match(GERMAN)?.length ?? 0) + (/[äöüß]/.test(lower) ? 1 : 0)
  const english = lower.match(ENGLISH)?.length ?? 0
  if (german === english) return locale?.toLowerCase().startsWith('de') ? 'de' : 'en'
  return german > english ? 'de' : 'en'
}

/** Small words of each. Some stand in two or three of them, so that only the most words tell a language. */
const OTHERS: Record<Exclude<Speech, Language | 'ar'>, RegExp> = {
  fr: words(
    `le la les des du est et ou je vous nous mon ma mes votre vos avec pour dans sur que qui quel quelle quels comment combien
    pourquoi quand où puis peut pouvez avez sont cette ce ces une livraison retour commande bonjour merci
    il(?=\\sy\\sa) (?<=il\\s)y (?<=il\\sy\\s)a`,
  ),
  es: words(
    `el los las una es son y yo mi mis su con para por en que qué cuál cómo cuánto cuánta cuándo dónde puedo puede tiene tienen hay
    este esta envío pedido devolución hola gracias`,
  ),
  it: words(
    `il lo gli una è sono e io mio mia con per nel nella che quale come quanto quanta quando dove posso può avete c'è questo questa
    della dei spedizione ordine reso ciao grazie buongiorno`,
  ),
  nl: words(
    `het een zijn en ik mijn u uw jullie met voor op van naar dat wat welke hoe hoeveel wanneer waar kan kunnen heeft hebben hebt
    deze dit niet levering bestelling terugsturen bedankt (?<=hoe\\s)lang`,
  ),
  pl: words(
    `jest są i ja mój moja moje z dla na że co jaki jaka jakie jak ile kiedy gdzie czy mogę można macie ten ta to nie dostawa
    zamówienie zwrot dziękuję dzień dobry`,
  ),
}
const ARABIC = /\p{Script=Arabic}/gu
const LETTER = /\p{L}/gu

/**
 * What to answer in: Arabic by its letters, others by their small words where those lead over all, else what was understood. Where
 * the session's language has as many as any other, or none has one, it is the session's.
 */
export function speechOf(text: string, understood: Language, locale: string | null): Speech {
  const lower = text.normalize('NFC').toLowerCase()
  const known = Math.max(count(lower, GERMAN), count(lower, ENGLISH))
  // A product's name among Arabic words may well be longer than they are.
  const arabic = count(lower, ARABIC)
  if (arabic > 1 && (known === 0 || 2 * arabic > count(lower, LETTER))) return 'ar'
  const counts = Object.entries(OTHERS).map(([speech, own]) => ({
    speech: speech as keyof typeof OTHERS,
    count: count(lower, own),
  }))
  const [first, second] = counts.sort((left, right) => right.count - left.count)
  const session = locale?.toLowerCase().split('-')[0]
  const own = counts.find(({ speech }) => speech === session)
  if (own && own.count === Math.max(known, first?.count ?? 0) && !spokenHere(lower, OTHERS[own.speech]))
    return own.speech
  // A single word is too little.
  if (first && first.count > known && first.count > (second?.count ?? 0) && first.count > 1) return first.speech
  const silent = known === 0 && (first?.count ?? 0) === 0
  return silent && session && (session === 'ar' || session in OTHERS) ? (session as Speech) : understood
}

/** Whether all of these words are English or German as well (`I need to talk` and Polish), or there are none. */
const spokenHere = (text: string, own: RegExp) =>
  (text.match(own) ?? []).every((word) => count(word, GERMAN) + count(word, ENGLISH) > 0)

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** `\b` knows no letters but English ones. */
function words(list: string): RegExp {
  return new RegExp(`(?<![\\p{L}])(?:${list.trim().split(/\s+/).join('|')})(?![\\p{L}])`, 'gu')
}

import type { Language } from './understanding.port.ts'

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

/**
 * What makes a text a report that something went wrong with the shopper's own order, in lower case with plain apostrophes. What
 * kind of thing it is says `typeOfReport`; here is only that it happened, to them.
 */
const THING =
  '(?:order|parcel|package|shipment|delivery|box|item|items|stuff|purchase|bestellung|paket|päckchen|lieferung|sendung|artikel|ware)'
const OWN = '(?:my|our|the|this|that|meine?[nr]?|unsere?[nr]?|das|die|der|dieses|diese)'
const NOT =
  "(?:not|never|nothing|no|isn't|wasn't|hasn't|haven't|didn't|don't|doesn't|cannot|can't|without|nicht|nie|nichts|kein|keine|keinen)"
const BROKEN =
  '(?:broken|damaged|smashed|crushed|dented|shattered|cracked|scratched|kaputt|beschädigt|zerbrochen|defekt|zerkratzt|zerdrückt)'

export const REPORT_CUES: RegExp[] = [
  // "It says delivered but I have nothing."
  new RegExp(
    String.raw`\b(?:says?|said|shows?|shown|marked|status|tracking|supposedly|apparently)\b.{0,30}\bdelivered\b.{0,80}\b${NOT}\b`,
  ),
  new RegExp(String.raw`\bdelivered\b.{0,30}\bbut\b.{0,60}\b${NOT}\b`),
  /\b(?:als|angeblich|laut|soll|status)\b.{0,40}\b(?:zugestellt|geliefert|ausgeliefert)\b.{0,80}\b(?:nicht|nichts|nie|kein\w*)\b/,
  /\b(?:zugestellt|geliefert|ausgeliefert)\b.{0,30}\b(?:aber|doch|jedoch)\b.{0,60}\b(?:nicht|nichts|nie|kein\w*)\b/,
  // "I never got my parcel", "my order has not arrived".
  new RegExp(
    String.raw`\b(?:i|we)\b.{0,15}\b(?:haven't|have not|havent|didn't|did not|never|still not|not)\b.{0,20}\b(?:received|receive|gotten|got|get)\b.{0,20}\b(?:my|our) (?:\w+ )?${THING}\b`,
  ),
  new RegExp(
    String.raw`\b(?:my|our) (?:\w+ )?${THING}\b.{0,20}\b(?:hasn't|has not|hasnt|never|didn't|did not|not)\b.{0,15}\b(?:arrived?|come|came|been delivered|turned up|here)\b`,
  ),
  new RegExp(
    String.raw`\b(?:meine?|unsere?) ${THING}\b.{0,30}\b(?:nicht|nie)\b.{0,12}\b(?:angekommen|da|erhalten|gekommen|eingetroffen)\b`,
  ),
  new RegExp(
    String.raw`\b(?:ich|wir)\b.{0,20}\b(?:meine?|unsere?|das|die|kein) ${THING}\b.{0,20}\b(?:nicht|nie)?\b.{0,12}\b(?:erhalten|bekommen)\b`,
  ),
  // "My parcel arrived broken", "I received a damaged lamp". What broke later is a matter of the warranty.
  new RegExp(
    String.raw`\b(?:arrived?|came|turned up|delivered)\b.{0,20}\b${BROKEN}\b|\b(?:i|we) (?:just |have |only )?(?:received|got)\b.{0,25}\b${BROKEN}\b`,
  ),
  new RegExp(
    String.raw`\b${BROKEN}\b.{0,15}\b(?:angekommen|geliefert|erhalten|bekommen)\b|\b(?:kam|kamen|erhielt)\b.{0,40}\b${BROKEN}\b`,
  ),
  new RegExp(String.raw`\b${BROKEN}\b.{0,10}\b(?:when|as) (?:it|they|the \w+) (?:came|arrived)\b`),
  // "One item is missing", "only one cup instead of two", "the box was empty".
  /\bonly .{1,30}\b(?:instead of|out of)\b|\b(?:parcel|package|box|paket|karton)\b.{0,15}\b(?:was|is|came|arrived|war|kam|ist)\b.{0,10}\b(?:empty|leer)\b|\b(?:half|part|the rest) of (?:my|our|the) \w+.{0,10}\bmissing\b|\bnur .{1,30}\b(?:statt|anstatt)\b/,
  /\b(?:an?|one|two|three|some|\d+|my|the)\b.{0,25}\b(?:is|are|was|were)\b.{0,6}\bmissing\b|\bmissing (?:an? |one |some )?(?:item|items|part|parts|piece|pieces|article)\b|\b(?:my |the )?(?:order|parcel|package|box|delivery) (?:is|was|came|arrived) incomplete\b/,
  /\b(?:es |ein\w* |mir )(?:\w+ ){0,3}(?:fehlt|fehlen)\b|\b(?:bestellung|lieferung|paket|sendung)\b.{0,20}\bunvollständig\b/,
  // "My refund has not come."
  /\b(?:my|our|the) (?:\w+ )?(?:refund|money)\b.{0,30}\b(?:hasn't|has not|hasnt|never|didn't|did not|not|still pending|still missing|late|overdue)\b/,
  /\b(?:still|i'm|i am|been) waiting (?:for|on) (?:my|our|the) refund\b|\b(?:haven't|have not|havent|didn't|did not|never|not) (?:yet )?(?:received|receive|gotten|got|get|seen) (?:my|our|the|any) (?:\w+ )?(?:refund|money)\b/,
  /\b(?:meine?|die|das) (?:rück)?(?:erstattung|geld|gutschrift)\b.{0,30}\b(?:nicht|nie|fehlt|immer noch)\b|\bwarte\b.{0,20}\bauf (?:meine|die|mein|das) (?:(?:rück)?erstattung|geld)\b|\b(?:erstattung|geld)\b.{0,20}\bnoch nicht\b/,
  // "Is my parcel lost?"
  new RegExp(
    String.raw`\b${OWN} ${THING}\b.{0,20}\b(?:lost|vanished|disappeared|verloren|verschwunden|verschollen)\b|\b(?:lost|lose) (?:my|our) ${THING}\b`,
  ),
]

/** Asks for the rules rather than telling what happened. "What if my lamp arrives broken?" is answered from the shop's pages. */
export const ASKS_FOR_RULES =
  /\b(?:if|in case|what happens|how (?:do|can|should|long|much|many)|can you|can (?:i|we)(?! (?:get|have) (?:a |an |my |our |the )?(?:new|replacement|refund|money|another))|could (?:i|we)|may (?:i|we)|do (?:i|we|you)|is it possible|am i|are (?:there|you)|who pays|policy|which|falls|wenn|was passiert|muss ich|wie (?:kann|lange|viel|gehe|bekomme)|kann (?:ich|man)|darf ich|wer (?:zahlt|trägt))\b/

/** Tells what happened and asks what to do. Whose order is known is helped with it; anybody else may read how it is done. */
export const ASKS_FOR_ADVICE =
  /\b(?:what now|what next|what (?:can|do|should|must|shall) (?:i|we)|can (?:i|we) (?:get|have)|advice|was (?:nun|jetzt|mache|tue|tun|kann|soll)|wie weiter)\b/

/** Speaks of themselves. */
export const OF_THEIRS =
  /\b(?:my|our|i|i'm|i've|we|we've|me|us|mein\w*|unser\w*|ich|wir|mir|uns)\b|\b(?:it|tracking) says\b/

/** "What about my claim?" */
export const REPORT_STATE_CUES: RegExp[] = [
  /\b(?:what|what's|how|how's|any|news|status|update|hear|heard|anything|where|where's|has|is|was|check)\b.{0,40}\b(?:my|our) (?:\w+ )?(?:claim|complaint|report|case)\b/,
  /\b(?:was|wie|gibt|neues|status|stand|wo|ist|wurde|schon)\b.{0,50}\b(?:meine[rmsn]?|unsere[rmsn]?) (?:\w+ )?(?:reklamation|meldung|beschwerde|schadensmeldung|anfrage|vorgang)\b/,
]

const YES_WORDS =
  "(?:yes|yep|yeah|yup|sure|ok|okay|please|do it|do that|go ahead|report it|confirmed?|i confirm|correct|right|that's right|exactly|ja|jawohl|jep|bitte|gerne?|genau|richtig|stimmt|melden|melden sie (?:es|das)|mach das|machen sie das)"
const NO_WORDS =
  "(?:no|nope|nah|thanks|thank you|not now|don't|do not report it|don't report it|do nothing|never mind|nevermind|cancel|forget it|nein|danke|nö|nicht melden|nichts melden|lieber nicht|doch nicht|abbrechen|lass es|vergiss es)"
/** A text that says nothing but yes, or nothing but no. "Yes, but …" is neither. Only for short texts. */
export const YES = new RegExp(String.raw`^${YES_WORDS}(?:[\s,.!]+${YES_WORDS})*[\s,.!]*$`)
export const NO = new RegExp(String.raw`^${NO_WORDS}(?:[\s,.!]+${NO_WORDS})*[\s,.!]*$`)

/** What makes a text about the shopper's own order rather than about orders in general. */
const OWN = `(?:my|our|the|this|that|an|meine[rnms]?|unsere[rn]?|die|das|der)`
const THING = `(?:(?:last |recent |latest |new |letzte |neue )?(?:order|orders|parcel|parcels|package|packages|shipment|delivery|refund|bestellung|bestellungen|paket|pakete|lieferung|sendung|erstattung|stuff|items?|purchase))`

/** Asks how an order stands. */
export const STATUS_CUES: RegExp[] = [
  new RegExp(String.raw`\bwhere(?:'s| is| are| was|s)? ${OWN} ${THING}`),
  new RegExp(String.raw`\bwo (?:ist|bleibt|bleiben|sind|steckt) ${OWN} ${THING}`),
  new RegExp(
    `^(?:please |can you |could you |i want to |i would like to |i'd like to |help me )*(?:track|locate|find|check(?: on)?) ${OWN} ${THING}`,
  ),
  /\b(?:status|progress|whereabouts) (?:of|on|for) (?:my|our|order|the order|this order)/,
  /\border status\b|\bbestellstatus\b|\blieferstatus\b|\bstatus (?:meiner|der|von|zu|zur) (?:bestellung|lieferung|sendung)/,
  new RegExp(
    String.raw`\b(?:has|have|did|was|is|are|when (?:will|does|is|was)|when's|will) (?:my|our) ${THING}\b.*\b(?:ship|shipped|sent|arrive|arrived|arriving|come|coming|delivered|dispatched|get here|left|processed|on (?:its|the) way|be here|due|late|delayed)`,
  ),
  new RegExp(
    String.raw`\bwhen (?:do|will|can|am|should) i (?:get|receive|expect|going to (?:get|receive)) my ${THING}`,
  ),
  new RegExp(
    String.raw`\b(?:my|our) ${THING}\b.*\b(?:hasn't|has not|hasnt|still not|never|not yet|didn't|did not|is late|is delayed|not here|missing|stuck|lost)\b`,
  ),
  /\b(?:haven't|have not|havent|didn't|did not|never|still not) (?:received|receive|gotten|got|get) (?:my|our) /,
  new RegExp(String.raw`\b(?:wann|ist|wurde|kommt|hat) (?:kommt |ist |wurde |wird )?(?:meine?|unsere?) ${THING}\b`),
  new RegExp(
    String.raw`\b(?:meine?|unsere?) ${THING}\b.*\b(?:nicht|noch nicht|nie) (?:angekommen|da|erhalten|geliefert|gekommen)`,
  ),
  /\bverfolge(?:n)? (?:sie )?mein/,
  /\b(?:it|tracking) says (?:it was |it is )?delivered\b|\bmarked as delivered\b/,
]

/** After an order was told: asks how the same one goes on, without naming it. */
export const ABOUT_IT = new RegExp(
  [
    String.raw`^(?:and |so |ok(?:ay)?,? |but )*(?:when|where|what time|by when|how long|is|are|has|have|will|did|was)\b.*\b(?:it|they|that|this|the (?:order|parcel|package|rest))\b.*\b(?:arriv\w*|come|coming|deliver\w*|ship\w*|sent|get here|be here|here|there|left|due|late|delayed|now|on (?:its|the|their) way)\b`,
    String.raw`^(?:and |so |ok(?:ay)?,? |but )*(?:where is it|where are they|when|status|any news|any update|track(?:ing)?(?: it)?)(?: now| then)?[\s?!.]*$`,
    String.raw`^(?:und |also |aber )*(?:wann|wo|bis wann|ist|sind|wird|wurde|hat|haben)\b.*\b(?:es|sie|das|die|er)\b.*(?:an|da|hier|geliefert|zugestellt|kommen?|verschickt|versandt|unterwegs|verspätet)\b`,
    String.raw`^(?:und |also |aber )*(?:wann kommt|wo ist|wo bleibt) (?:es|sie|das|die|er)\b(?: (?:an|denn|jetzt))*[\s?!.]*$`,
  ].join('|'),
)

/** Asks for something to be done to an order. `Can I cancel …` is a question about the rules and is not here. */
export const CHANGE_CUES: RegExp[] = [
  new RegExp(
    String.raw`^(?:please |can you |could you |would you |i want to |i need to |i would like to |i'd like to |i wanna |help me |want to |need to |bitte |ich (?:möchte|will|muss) )*(?:please )?(?:cancel|change|amend|modify|edit|return|refund|update|storniere|storniert|ändere)\b[^.?!]{0,30}\b(?:my|our|this|meine?) ${THING}`,
  ),
  new RegExp(
    String.raw`^ich (?:möchte|will|muss) (?:bitte )?meine? ${THING}\b.*\b(?:stornieren|ändern|zurückgeben|zurückschicken)`,
  ),
]

/** With an order's number in the text, any of these makes it about that order. */
export const NUMBERED_CUES =
  /\b(?:order|parcel|package|shipment|delivery|track|tracking|ship|shipped|sent|arriv\w*|deliver\w*|status|cancel|refund|return|where|when|change|bestellung|paket|lieferung|wo|wann|storni\w*|verschickt|versandt)\b/

/** `NL-100234`, `#100234`, `A-10-2345`: letters and digits, at least four digits. Group 1 is the number. */
export const ORDER_NUMBER = /(?:^|[\s#(:"'])([a-z]{1,5}[-_]?\d{4,12}|(?<=#)\d{4,12})(?=$|[\s).,;:!?"'])/i
/** A bare number counts only behind a word for it. */
export const NAMED_ORDER_NUMBER =
  /\b(?:order|order number|order no|order id|bestellung|bestellnummer|auftrag)(?:\s*(?:number|no\.?|nr\.?|id|nummer|#|:|is|ist|lautet))*\s*#?\s*([a-z]{0,5}[-_]?\d{4,12})\b/i

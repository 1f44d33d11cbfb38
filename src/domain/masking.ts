const MASK = '••••'

/**
 * Runs of 13–19 digits, single spaces or hyphens between them allowed, not part of a longer word. Source: ISO/IEC 7812.
 */
const DIGIT_RUN = /(?<![\p{L}\p{N}_-])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}_]|-\d)/gu

/** Issuer prefixes in use with their lengths, so that tracking and order numbers are rarely taken for cards. Source: ISO/IEC 7812 ranges as published by the networks. */
const CARDS: [prefix: RegExp, lengths: number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(5[1-5]|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(0[0-5]|[689])/, [14]],
  [/^(6011|65|64[4-9])/, [16, 19]],
  [/^35(2[89]|[3-8]\d)/, [16]],
  [/^62/, [16, 17, 18, 19]],
  [/^(50|5[6-8]|67)/, [13, 16, 18, 19]],
]

/** “password is …”, “Passwort: …”, “cvv 123” and the like; what follows is the secret. */
const SECRET =
  /\b(passwords?|passwort|passcode|pass(?:wor)?d|mot de passe|contraseña|wachtwoord|pin|cvv2?|cvc2?)\b(\s*(?::|=|\bis\b|\bist\b|\blautet\b|\best\b|\bes\b)\s*)["'“‘„]?([^\s"'”’“]+)/giu
const CARD_CHECK = /\b(cvv2?|cvc2?)\s+(\d{3,4})\b/gi

/** Words after “password is” that tell about a password instead of telling it. */
const NO_SECRET =
  /^(not|no|wrong|incorrect|invalid|broken|lost|forgotten|expired|being|the|a|my|never|still|too|nicht|falsch|weg|required|needed|correct|reset)\b/iu

/** `text` without what must never be stored: card numbers (Luhn) keep their last four digits, passwords and card checks nothing. */
export function masked(text: string): string {
  return text
    .replace(DIGIT_RUN, (run) => (isCard(run.replace(/\D/g, '')) ? `${MASK} ${run.replace(/\D/g, '').slice(-4)}` : run))
    .replace(SECRET, (whole, name: string, link: string, secret: string) =>
      NO_SECRET.test(secret) ? whole : `${name}${link}${MASK}`,
    )
    .replace(CARD_CHECK, (_whole, name: string) => `${name} ${MASK}`)
}

/** E-mail addresses, and numbers of seven digits or more however they are written: whose they are is of no use to who reads about gaps. */
const CONTACT =
  /(?<![^\s@<>()"',;:])[^\s@<>()"',;:]{1,64}@[^\s@<>()"',;:]{1,255}|(?<![\p{L}\p{N}])\+?\d(?:[ ()/.-]{0,2}\d){6,}/gu

/** `text` without what says how to reach somebody. */
export function maskedContact(text: string): string {
  return text.replace(CONTACT, MASK)
}

function isCard(digits: string): boolean {
  return CARDS.some(([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length)) && passesLuhn(digits)
}

/** Source: ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

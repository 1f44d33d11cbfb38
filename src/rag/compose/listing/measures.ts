/** Questions that name a field by what they ask: pattern, names the field may have. First match wins. */
export const MEASURES: [RegExp, string[]][] = [
  [
    /\bhow (?:heavy|much (?:does|do|is|are|did)\b.*\bweigh)|\bweigh(?:s|t)?\b|\bwie (?:schwer|viel wiegt)|\bwiegt\b|\bgewicht\b/i,
    ['weight', 'net weight', 'item weight', 'total weight', 'gewicht'],
  ],
  [/\bhow (?:tall|high)\b|\bwie hoch\b/i, ['height', 'hohe']],
  [/\bhow wide\b|\bwie breit\b/i, ['width', 'breite']],
  [/\bhow deep\b|\bwie tief\b/i, ['depth', 'tiefe']],
  [/\bhow long (?:is|are)\b|\bwie lang (?:ist|sind)\b/i, ['length', 'lange']],
  [/\bhow thick\b|\bwie dick\b/i, ['thickness', 'dicke', 'starke']],
  [
    /\bhow (?:big|large)\b|\bwhat sizes?\b|\bwelche groß/i,
    ['size', 'sizes', 'dimensions', 'grosse', 'grossen', 'abmessungen'],
  ],
  [
    /\b(?:what|which) (?:colou?rs?)\b|\bwelche[nr]? farben?\b/i,
    ['colours', 'colors', 'colour', 'color', 'farbe', 'farben'],
  ],
  [
    /\bmade (?:of|from|out of)\b|\b(?:what|which) (?:material|fabric)s?\b|\b(?:aus welchem material|woraus)\b/i,
    ['material', 'materials', 'fabric'],
  ],
  [
    /\bwho (?:makes|made|manufactures|produces)\b|\b(?:what|which) (?:brand|manufacturer)\b|\bwelche marke\b|\bvon welcher marke\b/i,
    ['brand', 'manufacturer', 'marke', 'hersteller'],
  ],
  [/\bhow powerful\b|\bhow many watts?\b|\bwie viel watt\b/i, ['power', 'wattage', 'leistung']],
  [
    /\bhow much\b.*\b(?:hold|holds|fit|fits)\b|\bwie viel passt\b|\bwie viel fasst\b/i,
    ['capacity', 'volume', 'fassungsvermogen'],
  ],
  [
    /\b(?:what|which) age\b|\bhow old\b|\bab welchem alter\b/i,
    ['age', 'recommended age', 'age recommendation', 'alter'],
  ],
  [
    /\bhow long\b.*\b(?:battery|charge|last|run)\b|\bwie lange\b.*\bakku\b/i,
    ['battery life', 'runtime', 'running time', 'akkulaufzeit'],
  ],
]

/** Words of such questions; what else is asked must be named by the field. */
export const ADJECTIVES =
  /^(?:heavy|weigh\w*|tall|high|height|wide|width|deep|depth|long|length|thick|big|large|sizes?|colou?rs?|made?|makes?|manufactur\w*|produces|materials?|fabric|brand|powerful|power|watts?|hold|holds|fit|fits|come|comes|choose|age|old|suitable|schwer|wiegt|gewicht|hoch|breit|tief|lang|dick|gro(?:ß|ss)|farben?|marke|gemacht|leistung|alter)$/i

const UNITS = `
g gram grams gramm
kg kilogram kilograms kilo kilos kilogramm
lb lbs pound pounds pfund
oz ounce ounces
mm millimetre millimetres millimeter millimeters
cm centimetre centimetres centimeter centimeters zentimeter
m metre metres meter meters
km kilometre kilometres kilometer kilometers
in inch inches zoll
ft foot feet
l litre litres liter liters
ml millilitre millilitres milliliter milliliters
w watt watts
wh watt-hour
mah milliamp
v volt volts
lm lumen lumens
h hour hours stunden
min minute minutes minuten
bar bar bars
db decibel decibels
hz hertz
°c degree degrees celsius grad
inch inches
pieces piece pieces
person person persons people personen
`

/** Word for a unit → its symbols, lower case. */
export const UNIT_WORDS: Map<string, string[]> = unitWords()

function unitWords(): Map<string, string[]> {
  const map = new Map<string, string[]>()
  for (const line of UNITS.trim().split('\n')) {
    const [symbol = '', ...names] = line.split(' ')
    for (const name of names) map.set(name, [...(map.get(name) ?? []), symbol, name])
  }
  return map
}

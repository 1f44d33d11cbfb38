/** A way of asking for a field by what it measures. `words` are explained by it; `fields` are names the field may have. */
export type Measure = {
  asks: RegExp
  words: RegExp
  fields: string[]
  /** Fields that have a word of the question but are not what it asks. */
  not?: string[]
}

export const COLOUR_FIELDS = ['colours', 'colors', 'colour', 'color', 'farbe', 'farben']

/** First match wins for a field name; a longer field name (`seat height`) needs its other words in the question too. */
export const MEASURES: Measure[] = [
  {
    asks: /\bhow heavy\b|\bhow much (?:does|do|is|are|did)\b.*\bweigh\b|\bweighs?\b|(?<!how much |max |maximum |maximal )\bweight\b|\bwie (?:schwer|viel wiegt)|\bwieg(?:t|en)\b|\bgewicht\b/i,
    words: /^(?:heavy|weigh\w*|carry|lot|schwer|wieg\w*|gewicht)$/i,
    fields: ['weight', 'net weight', 'item weight', 'total weight', 'gewicht'],
  },
  { asks: /\bhow (?:tall|high)\b|\bwie hoch\b/i, words: /^(?:tall|high|hoch)$/i, fields: ['height', 'hohe'] },
  { asks: /\bhow wide\b|\bwie breit\b/i, words: /^(?:wide|breit)$/i, fields: ['width', 'breite'] },
  { asks: /\bhow deep\b|\bwie tief\b/i, words: /^(?:deep|tief)$/i, fields: ['depth', 'tiefe'] },
  {
    asks: /\bhow long (?:is|are)\b|\bwie lang (?:ist|sind)\b/i,
    words: /^(?:long|lang)$/i,
    fields: ['length', 'lange'],
  },
  { asks: /\bhow thick\b|\bwie dick\b/i, words: /^(?:thick|dick)$/i, fields: ['thickness', 'dicke', 'starke'] },
  {
    asks: /\bhow (?:big|large)\b|\b(?:what|which) sizes?\b|\bsizes?\b|\bwie gro(?:ß|ss)|\bwelche größe/i,
    words: /^(?:big|large|sizes?|gro(?:ß|ss)\w*|größen?)$/i,
    fields: ['size', 'sizes', 'dimensions', 'measurements', 'grosse', 'grossen', 'abmessungen'],
  },
  {
    asks: /\bhow wide across\b|\bdiameter\b|\bdurchmesser\b/i,
    words: /^(?:across|durchmesser)$/i,
    fields: ['diameter', 'durchmesser'],
  },
  {
    asks: /\bcolou?rs?\b|\bfarben?\b/i,
    words: /^(?:colou?rs?|farben?|choose|comes?|available|offered|erhältlich|verfügbar)$/i,
    fields: COLOUR_FIELDS,
  },
  {
    asks: /\bmade (?:of|from|out of)\b|\bmaterials?\b|\bwhat fabric\b|\bworaus\b/i,
    words: /^(?:made|materials?|fabric|woraus|gemacht)$/i,
    fields: ['material', 'materials', 'fabric', 'composition'],
  },
  {
    asks: /\bwho (?:makes|made|manufactures|produces)\b|\bbrand\b|\bmanufacturer\b|\bmarke\b|\bhersteller\b/i,
    words: /^(?:made|brand|manufactur\w*|produces|marke|hersteller)$/i,
    fields: ['brand', 'manufacturer', 'maker', 'marke', 'hersteller'],
  },
  {
    asks: /\bhow powerful\b|\bwatts?\b|\bwattage\b|\bpower consumption\b/i,
    words: /^(?:powerful|watts?|wattage|consumption)$/i,
    fields: ['power', 'wattage', 'output', 'maximum wattage', 'leistung'],
  },
  {
    asks: /\bhold|\bfits? (?:in|into|inside)\b|\bcapacity\b|\bhow many (?:litres|liters)\b|\bwie viel (?:passt|fasst)\b|\bwie viele liter\b/i,
    words: /^(?:holds?|fits?|passt|fasst|lit(?:er|re)s?|liter)$/i,
    fields: ['capacity', 'volume', 'tank capacity', 'fassungsvermogen', 'volumen'],
  },
  {
    asks: /\b(?:what|which) age\b|\bhow old\b|\bab welchem alter\b|\bab wie viel(?:en)? jahren\b/i,
    words: /^(?:old|age|child|children|kid|kids|suitable|years?|alter|jahren?)$/i,
    fields: ['age', 'recommended age', 'age recommendation', 'minimum age', 'altersempfehlung', 'alter'],
  },
  {
    asks: /\b(?:battery|charge|akku)\b.*\b(?:last|run|hours?|long|life)|\bhow long\b.*\b(?:battery|charge|last|run)|\brecharge\b|\bwie lange\b.*\bakku\b|\bakkulaufzeit\b/i,
    words: /^(?:battery|batteries|charge|last|lasts|run|runs|hours?|recharge|life|akku|hält|akkulaufzeit)$/i,
    fields: ['battery life', 'runtime', 'run time', 'running time', 'burn time', 'akkulaufzeit', 'laufzeit'],
  },
  {
    asks: /\b(?:how long|time)\b.*\bto (?:fully )?(?:re)?charge\b|\bcharging time\b|\bwie lange\b.*\bladen\b/i,
    words: /^(?:fully|full|charge|recharge|charging|laden)$/i,
    not: ['battery life', 'runtime', 'run time', 'running time', 'akkulaufzeit', 'laufzeit'],
    fields: ['charging time', 'charge time', 'ladezeit'],
  },
  {
    asks: /\bip rating\b|\bip code\b|\bwater(?:proof)?[- ](?:protection|resistan\w+|rating)\b|\bsplash\w*\b|\bwaterproof rating\b|\bschutzklasse\b/i,
    words: /^(?:ip|rating|code|water|protection|protected|resistan\w+|splash\w*|waterproof|schutzklasse)$/i,
    fields: [
      'water resistance',
      'water protection',
      'ip rating',
      'protection class',
      'waterproof rating',
      'schutzklasse',
    ],
  },
  {
    asks: /\bhow bright\b|\bbrightness\b|\blumens?\b|\bwie hell\b/i,
    words: /^(?:bright|brightness|lumens?|hell)$/i,
    fields: ['light output', 'brightness', 'luminous flux', 'lumens', 'lichtstrom', 'helligkeit'],
  },
  {
    asks: /\bmax(?:imum)?\.? (?:load|weight)\b|\bload capacity\b|\bhow much (?:weight )?can\b.*\b(?:carry|bear|support|take|hold)\b|\bbelastbar\b|\btragkraft\b/i,
    words: /^(?:max|maximum|load|weight|capacity|carry|bear|support|belastbar|tragkraft)$/i,
    not: ['weight', 'net weight', 'gewicht'],
    fields: [
      'maximum load',
      'load capacity',
      'weight capacity',
      'maximum total weight',
      'max load',
      'tragkraft',
      'belastbarkeit',
    ],
  },
  {
    asks: /\b(?:for|up to) (?:what|which) (?:\w+ )?weight\b|\bhow heavy (?:can|may)\b|\b(?:für|bis zu) welche[mns]? \w*gewicht\b/i,
    words: /^(?:heavy|weight|\w*gewicht)$/i,
    not: ['weight', 'net weight', 'gewicht'],
    fields: ['suitable up to', 'suitable for', 'maximum load', 'weight capacity', 'geeignet bis', 'belastbarkeit'],
  },
  {
    asks: /\bhow far\b|\brange\b|\breichweite\b|\bwie weit\b/i,
    words: /^(?:far|range|reichweite|weit|ride|charge)$/i,
    fields: ['range', 'reichweite'],
  },
  {
    asks: /\bhow much (?:is|comes) in\b|\bin (?:a|the|one) (?:pack|packet|bag|box|tin|jar|bottle)\b|\bpack size\b|\bpackungsinhalt\b/i,
    words: /^(?:pack|packet|bag|box|tin|jar|bottle|packungsinhalt)$/i,
    fields: ['contents', 'content', 'net weight', 'net content', 'pack size', 'inhalt'],
  },
  {
    asks: /\b(?:at )?(?:how many degrees|what temperature|which temperature)\b.*\bwash|\bwash\w*\b.*\b(?:degrees|temperature)\b|\bwie viel grad\b.*\bwasch/i,
    words: /^(?:degrees?|temperature|wash\w*|grad|wasch\w*)$/i,
    fields: ['washing temperature', 'wash temperature', 'waschtemperatur'],
  },
  {
    asks: /\bwash\w*\b|\bwasch\w*\b/i,
    words: /^(?:wash\w*|cycle|machine|right|care|wasch\w*)$/i,
    fields: ['washing', 'washing temperature', 'care', 'care instructions', 'washing instructions', 'pflege'],
  },
  {
    asks: /\bdishwashers?\b|\bspülmaschine\b|\bspülmaschinen\w+\b|\bgeschirrspüler\b/i,
    words: /^(?:dishwashers?|put|go|goes|clean\w*|wash\w*|safe|proof|spülmaschine\w*|geschirrspüler|darf|waschen)$/i,
    fields: ['dishwasher safe', 'dishwasher proof', 'dishwasher', 'spulmaschinenfest', 'spulmaschinengeeignet'],
  },
  {
    asks: /\bmicrowaves?\b|\bmikrowelle\w*\b/i,
    words: /^(?:microwaves?|put|go|goes|use|heat|safe|proof|mikrowelle\w*)$/i,
    fields: ['microwave safe', 'microwave proof', 'microwave', 'mikrowellengeeignet'],
  },
  {
    asks: /\binduction\b|\binduktion\w*\b/i,
    words: /^(?:induction|hobs?|cookers?|stoves?|use|put|suitable|compatible|induktion\w*|geeignet)$/i,
    fields: ['induction', 'induction compatible', 'induction suitable', 'induktion', 'induktionsgeeignet'],
  },
  {
    asks: /\bhow many pieces\b|\bhow many parts\b|\bwie viele teile\b/i,
    words: /^(?:pieces?|parts?|teile)$/i,
    fields: ['pieces', 'piece count', 'parts', 'teile'],
  },
]

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
k kelvin
km/h kph
nm newtonmetres
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

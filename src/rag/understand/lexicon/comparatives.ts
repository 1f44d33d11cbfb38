import { MEASURES } from '../../compose/listing/measures.ts'

/** A word that ranks things, with the fields it may be about; `more`: towards the greater number. */
export type Comparative = { pattern: RegExp; fields: string[]; more: boolean }

const measured = (field: string) => MEASURES.find(({ fields }) => fields[0] === field)?.fields ?? [field]

const ROWS: [fields: string[], more: string, less: string][] = [
  [
    ['price'],
    'more expensive|most expensive|dearer|pric(?:i?er|iest)|teurer|teuerste[rnms]?',
    'cheaper|cheapest|less expensive|least expensive|günstiger|günstigste[rnms]?|billiger|billigste[rnms]?',
  ],
  [
    measured('battery life'),
    'lasts? (?:the )?long(?:er|est)|long(?:er|est) battery(?: life)?|runs? (?:the )?long(?:er|est)|hält länger|längste akkulaufzeit|längere akkulaufzeit',
    'short(?:er|est) battery(?: life)?',
  ],
  [
    measured('charging time'),
    'charges? (?:the )?slow(?:er|est)',
    'charges? (?:the )?(?:fast|quick)(?:er|est)|lädt schneller',
  ],
  [
    measured('weight'),
    'heavier|heaviest|weighs? (?:the )?mo(?:re|st)|schwerer|schwerste[rnms]?',
    'lighter|lightest|weighs? (?:the )?(?:less|least)|leichter|leichteste[rnms]?',
  ],
  [
    measured('height'),
    'taller|tallest|higher|highest|höher|höchste[rnms]?',
    'lower|lowest|niedriger|niedrigste[rnms]?',
  ],
  [
    measured('width'),
    'wider|widest|broader|broadest|breiter|breiteste[rnms]?',
    'narrower|narrowest|schmaler|schmalste[rnms]?',
  ],
  [measured('length'), 'longer|longest|länger|längste[rnms]?', 'shorter|shortest|kürzer|kürzeste[rnms]?'],
  [measured('depth'), 'deeper|deepest|tiefer|tiefste[rnms]?', 'shallower|shallowest'],
  [measured('thickness'), 'thicker|thickest|dicker|dickste[rnms]?', 'thinner|thinnest|dünner|dünnste[rnms]?'],
  [measured('light output'), 'brighter|brightest|heller|hellste[rnms]?', 'dimmer|dimmest|dunkler'],
  [
    measured('power'),
    'more powerful|most powerful|stronger|strongest|stärker|stärkste[rnms]?',
    'less powerful|least powerful|weaker|schwächer',
  ],
  [
    measured('capacity').toReversed(),
    'bigger|biggest|larger|largest|roomier|roomiest|holds? (?:the )?mo(?:re|st)|größer|grösser|größte[rnms]?',
    'smaller|smallest|holds? (?:the )?(?:less|least)|kleiner|kleinste[rnms]?',
  ],
]

export const COMPARATIVES: Comparative[] = ROWS.flatMap(([fields, more, less]) => [
  { pattern: whole(more), fields, more: true },
  { pattern: whole(less), fields, more: false },
])

/** What a bare unit is about when nothing else is said: the first field of these that the products have. Base units. */
export const FIELDS_OF_UNIT: Record<string, string[]> = {
  kg: measured('weight'),
  l: [...measured('capacity')].toReversed(),
  W: measured('power'),
  lm: measured('light output'),
}

/** Adjectives behind a number: `60 cm wide`, `2 m long`. */
export const ADJECTIVES: { pattern: RegExp; fields: string[] }[] = (
  [
    ['wide|breit', 'width'],
    ['tall|high|hoch', 'height'],
    ['long|lang', 'length'],
    ['deep|tief', 'depth'],
    ['thick|dick', 'thickness'],
    ['heavy|schwer', 'weight'],
    ['in diameter|across|durchmesser', 'diameter'],
    ['of battery(?: life)?|battery(?: life)?|akkulaufzeit|akku', 'battery life'],
  ] as const
).map(([words, field]) => ({ pattern: new RegExp(`^\\s*(?:${words})(?![\\p{L}])`, 'iu'), fields: measured(field) }))

function whole(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, 'iu')
}

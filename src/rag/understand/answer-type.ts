import type { AnswerType } from './understanding.port.ts'

const RULES: [AnswerType, RegExp][] = [
  [
    'duration',
    /\bhow (?:long|soon|fast|quickly)\b|\bhow many (?:business |working |calendar )?(?:days|weeks|months|years|hours|minutes|seconds)\b|\bwhat (?:is|are) the (?:return|warranty|trial|cooling[- ]off|delivery|notice) (?:period|window|times?|length|duration)\b|\bwithin (?:how many|what time)\b/,
  ],
  [
    'duration',
    /\bwie (?:lange|schnell)\b|\bwie viele? (?:werk|arbeits)?(?:tage|wochen|monate|jahre|stunden|minuten)\b|\blieferzeit\b|\brückgabefrist\b/,
  ],
  [
    'money',
    /\bhow much (?:is|are|does|do|will|would|for|was|were|it|money|to (?:ship|send|deliver|return))\b(?!.*\b(?:weigh|weight|hold|fit|contain)\b)|\b(?:price|cost|costs|fee|fees|charge)\b|\bhow expensive\b|\b(?:i|we|you) (?:would |will |have to |need to |must )?(?:pay|charge)\b|\bminimum order\b/,
  ],
  [
    'money',
    /\bwie ?viel (?:kostet|kosten|ist|sind|zahle|muss)\b|\bwas kostet\b|\bwas kosten\b|\bpreis\b|\bversandkosten\b|\bgebühr\b|\bwie teuer\b|\bmindestbestellwert\b/,
  ],
  [
    'count',
    /\bhow (?:many|old|tall|big|large|heavy|wide|deep|high|far|much)\b|\b(?:what|which) (?:number|percentage|percent|proportion|fraction|amount|size|weight|dimensions|distance|length|height|width|capacity|population)\b|\bwie (?:viele?|groß|schwer|hoch|breit|tief|weit|alt|dick)\b/,
  ],
  [
    'time',
    /\bwhen\b|\b(?:what|which) (?:year|day|date|month|time|hours|century|decade|season|era)\b|\bin what (?:year|century|month|decade)\b|\bby what (?:time|date)\b|\buntil what\b|\bwann\b|\bbis wann\b|\bum wie viel uhr\b|\b(?:opening|business) hours\b|\böffnungszeiten\b|\bin welchem jahr\b/,
  ],
  [
    'place',
    /\bwhere\b|\b(?:what|which) (?:country|countries|city|cities|place|location|region|state|town|continent|address)\b|\bwo\b|\bwoher\b|\bwohin\b|\bin welche[smn]? (?:land|stadt|ort)\b|\bwelche länder\b/,
  ],
  [
    'person',
    /\bwho\b|\bwhose\b|\bwhom\b|\b(?:what|which) (?:person|people|company|organi[sz]ation|carrier|carriers|brand|manufacturer|king|queen|president|leader|scientist|group)\b|\bwer\b|\bwem\b|\bwen\b|\bwelche[rms]? (?:firma|marke|hersteller)\b/,
  ],
  ['reason', /\bwhy\b|\bhow come\b|\bwarum\b|\bwieso\b|\bweshalb\b/],
  [
    'procedure',
    /\bhow (?:do|can|should|could|would|must) (?:i|we|you|one)\b|\bhow to\b|\bhow does (?:one|it)\b|\bwhat (?:do|should|must) i do\b|\bwie (?:kann|soll|muss|mache|bekomme|löse|gebe|storniere|ändere) ich\b|\bwie funktioniert\b/,
  ],
  [
    'yes_no',
    /^(?:and |but |so |hi,? |hello,? |hey,? |please,? |sorry,? )*(?:is|are|was|were|am|do|does|did|can|could|will|would|shall|should|may|might|must|has|have|had|isn't|aren't|don't|doesn't|can't|won't|didn't)\b/,
  ],
  [
    'yes_no',
    /^(?:und |aber |hallo,? )*(?:ist|sind|war|waren|kann|könnt|können|darf|dürfen|muss|müssen|wird|werden|hat|habt|haben|gibt|geht|bietet|akzeptiert|nehmt|liefert|versendet|verschickt|passt|funktioniert|soll|lässt|macht|verkauft|führt)\b/,
  ],
  ['definition', /^what(?:'s| is| are| does)\b|^was (?:ist|sind|bedeutet|heißt)\b/],
]

/** What kind of thing answers the text; the first rule that fits. */
export function answerTypeOf(text: string): AnswerType {
  const lower = text.toLowerCase()
  return RULES.find(([, pattern]) => pattern.test(lower))?.[0] ?? 'open'
}

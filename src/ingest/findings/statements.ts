import { amountsIn, measuresIn, type Quantity } from '#domain/content/measures.ts'
import type { ShopDocument } from '#domain/document.ts'
import { plainWords } from './likeness.ts'

type Topic = { name: string; says: RegExp; units: string[]; kinds: ShopDocument['kind'][] }

const ANYWHERE: ShopDocument['kind'][] = ['policy', 'faq', 'article', 'product']
/** A product's own guarantee and delivery time differ from the shop's without contradicting it. */
const NOT_ON_PRODUCTS: ShopDocument['kind'][] = ['policy', 'faq', 'article']
const PERIODS = ['d', 'month', 'working day']
const MONEY = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AUD']

/** What shops state about themselves with a number, in English and German. */
const TOPICS: Topic[] = [
  {
    name: 'refund time',
    says: /\brefund(?:s|ed)?\b|\bmoney back\b|\bget my money\b|\berstatt(?:et|en|ung)\b|\bgeld zurück\b/i,
    units: PERIODS,
    kinds: ANYWHERE,
  },
  {
    name: 'return period',
    says: /\breturn(?:s|ed|ing|able)?\b|\bsend (?:it|them|something|items?) back\b|\bzurück(?:geben|senden|schicken|gegeben|gesendet|geschickt)\b|\brück(?:gabe|send)\p{L}*/iu,
    units: PERIODS,
    kinds: ANYWHERE,
  },
  {
    name: 'guarantee period',
    says: /\bwarrant(?:y|ies)\b|\bguarantees?\b|\bgarantie\p{L}*|\bgewährleistung\p{L}*/iu,
    units: ['d', 'month'],
    kinds: NOT_ON_PRODUCTS,
  },
  {
    name: 'cancellation period',
    says: /\bcancel(?:s|led|lation)?\b|\bstornier\p{L}*/iu,
    units: ['h', ...PERIODS],
    kinds: NOT_ON_PRODUCTS,
  },
  {
    name: 'delivery time',
    says: /\bdeliver(?:s|ed|y)\b|\barrives?\b|\bshipping takes\b|\bliefer(?:t|ung|zeit|n)\b|\bgeliefert\b/i,
    units: PERIODS,
    kinds: NOT_ON_PRODUCTS,
  },
  {
    name: 'free shipping from',
    says: /\bfree (?:standard )?(?:shipping|delivery)\b|\b(?:ships?|shipping|delivery) (?:is )?free\b|\bversandkosten(?:frei|los)\b|\b(?:kostenlose[rn]?|gratis) (?:versand|lieferung)\b/i,
    units: MONEY,
    kinds: ANYWHERE,
  },
  {
    name: 'shipping cost',
    says: /\b(?:shipping|delivery) (?:costs?|fee|is(?! free))\b|\bversand(?:kosten)? (?:kostet|beträgt|betragen)\b|\b(?:der )?versand kostet\b/i,
    units: MONEY,
    kinds: NOT_ON_PRODUCTS,
  },
]

/** Words that narrow nothing down. Any other word is part of what a statement is about, and has to be in both to compare them. */
const GENERIC = new Set(
  `a an the this that these those it its they them you your we our us i my me one any all every each most of in on at to for from by with within
  up and or as is are was be been being have has had can may must will would do does did get gets got give gives make makes accept accepts accepted
  how long what when where which who much many yes there so then than until till after before since during about around over
  item items product products article articles order orders ordered parcel parcels package packages goods thing things something purchase purchases bought buy anything everything
  customer customers day days week weeks month months year years hour hours minute minutes working business calendar time times period periods date
  receive received receipt receiving arrive arrives arrived arrival deliver delivers delivered delivery ship ships shipped shipping dispatch
  return returns returned returning returnable send sent sending back refund refunds refunded money paid pay warranty guarantee guarantees warranties
  cancel cancelled cancellation free standard cost costs fee usually normally please only just still also reach reaches reached something
  policy policies terms conditions information help faq questions our shop store rules general overview
  eur usd gbp chf euro euros dollars
  der die das ein eine einen einem einer dem den des es sie ihr ihre ihrem ihren ihnen wir uns unser unsere ich mein meine mir man
  und oder als ist sind war hat haben habe wird werden kann können darf dürfen muss müssen ja wie lange was wann wo welche wer viel
  in im an am auf bei zu zum zur für von vom mit nach vor ab bis seit innerhalb binnen über um etwa aller alle jede jeder jedes
  artikel produkt produkte ware waren bestellung bestellungen bestellt paket pakete sendung kauf gekauft etwas alles kunde kunden
  tag tage tagen werktag werktage werktagen woche wochen monat monate monaten jahr jahre jahren stunde stunden minuten zeit frist dauer dauert
  erhalt erhalten eingang lieferung geliefert liefern liefert versand versandt ankunft zustellung
  zurückgeben zurücksenden zurückschicken zurückgegeben zurückgesendet zurückgeschickt rückgabe rücksendung rückgabefrist zurück schicken senden
  geld erstattung erstatten erstattet garantie gewährleistung stornieren storniert stornierung kostenlos versandkosten versandkostenfrei kostet kosten
  normalerweise meist bitte nur noch auch so dann erreicht bedingungen informationen hilfe fragen shop regeln allgemein überblick`.split(
    /\s+/,
  ),
)
/** A rule with a condition is another rule; what it comes to depends on words far away. */
const CONDITION =
  /\b(?:if|unless|except|excluding|but|however|instead|otherwise|not|no|never|nor|wenn|falls|außer|ausgenommen|aber|jedoch|sonst|nicht|kein\p{L}*|nie)\b/iu
const LONGEST = 240

/** A sentence, and the headings it stands under. */
export type Sentence = { text: string; under: string }
export type Statement = { topic: string; key: string; value: string; quote: string }

/**
 * Numbers that a document states about one of a few topics of shops, for comparison with others: `key` is equal where the same
 * is spoken of (topic, unit, every word that narrows it down, and whom the document is for). A sentence with a condition, with
 * two numbers of a kind or about two topics states nothing here: silence is better than a false alarm.
 */
export function statementsOf(document: ShopDocument, sentences: Sentence[]): Statement[] {
  const { kind, title } = document
  const question = kind === 'faq' ? title : ''
  const found: Statement[] = []
  sentences.forEach(({ text, under }, at) => {
    if (text.length > LONGEST || CONDITION.test(text) || /[|:]/.test(text)) return
    // The first sentence of an answer may leave out what the question has said.
    if (at > 0 && topicsOf(text).length === 0) return
    const topic = topicOf(`${question}\n${text}`, kind)
    const said = topic && quantityOf(text, topic)
    if (!said) return
    // A product's page is about that product; what it says of returns is compared with what the shop says.
    const subject = kind === 'product' ? '' : `${title} ${under}`
    const about = [...new Set(plainWords(`${subject} ${text.replace(said.text, ' ')}`))].filter(
      (word) => !GENERIC.has(word) && !/^\d/.test(word),
    )
    const value = said.low === said.value ? `${said.value}` : `${said.low}–${said.value}`
    const key = JSON.stringify([topic.name, said.unit, about.sort(), audienceOf(document)])
    found.push({ topic: topic.name, key, value: `${value} ${said.unit}`, quote: text })
  })
  return found
}

/** Whom and when a document is for; what differs in it may differ in everything. */
export function audienceOf({ audience, scope, validFrom, validUntil }: ShopDocument): string {
  const { region, channel, category, brand } = scope ?? {}
  return JSON.stringify([audience, region, channel, category, brand, validFrom, validUntil])
}

function topicsOf(text: string): Topic[] {
  return TOPICS.filter(({ says }) => says.test(text))
}

function topicOf(text: string, kind: ShopDocument['kind']): Topic | null {
  const topics = topicsOf(text)
  // `within 30 days of delivery`: what a period is counted from is no topic of its own.
  const named = topics.filter(({ name }) => name !== 'delivery time')
  const [first, ...others] = named.length > 0 ? named : topics
  const clear =
    others.length === 0 || (first?.name === 'refund time' && others.every(({ name }) => name === 'return period'))
  return first && clear && first.kinds.includes(kind) ? first : null
}

function quantityOf(sentence: string, { units }: Topic): Quantity | null {
  const all = [...measuresIn(sentence), ...amountsIn(sentence)]
  const [only, ...others] = all.filter(({ unit }) => units.includes(unit))
  return only && others.length === 0 && all.length === 1 ? only : null
}

/** Pairs that turn a statement round: a question with one is not answered by a sentence with the other. */
const PAIRS = `
first last|earliest latest|most least|more less|more fewer|many few|before after|minimum maximum|min max|increase decrease
increased decreased|rise fall|north south|east west|northern southern|eastern western|upper lower|highest lowest
high low|higher lower|largest smallest|large small|larger smaller|biggest smallest|longest shortest|long short
longer shorter|oldest youngest|oldest newest|old new|older younger|older newer|strongest weakest|strong weak
accept reject|accepted rejected|allow forbid|allowed forbidden|allowed prohibited|include exclude|included excluded
inside outside|indoor outdoor|internal external|begin end|open close|open closed|arrive leave|enter exit|win lose
buy sell|import export|public private|male female|men women|man woman|legal illegal|positive negative|rich poor
wet dry|hot cold|warm cool|summer winter|day night|odd even|same different|common rare|majority minority
support oppose|supported opposed|always never|all none|full empty|light heavy|light dark|fast slow|cheap expensive
cheapest dearest|best worst|better worse|possible impossible|able unable|with without|above below|left right|top bottom
domestic international|voluntary mandatory|optional required|free paid|wired wireless|rechargeable disposable
add remove|gain loss|success failure|ancient modern|urban rural|active passive|major minor|primary secondary
erste letzte|meiste wenigste|mehr weniger|vor nach|mindestens hochstens|inklusive exklusive|innen aussen|erlaubt verboten
hoch niedrig|gross klein|lang kurz|alt neu|schnell langsam|billig teuer|immer nie|mit ohne|uber unter|kostenlos kostenpflichtig
`

/** Plain word → the words that turn it round. */
export const ANTONYMS: Map<string, Set<string>> = both()

function both(): Map<string, Set<string>> {
  const map = new Map<string, Set<string>>()
  const add = (from: string, to: string) => map.set(from, (map.get(from) ?? new Set()).add(to))
  for (const pair of PAIRS.trim().split(/[|\n]/)) {
    const [left = '', right = ''] = pair.trim().split(' ')
    add(left, right)
    add(right, left)
  }
  return map
}

// Sizes of clothes as a row; a list or a span of them is read against it.
const LETTERS = ['xxxs', 'xxs', 'xs', 's', 'm', 'l', 'xl', 'xxl', 'xxxl', 'xxxxl']
const SIZE = /(?<![\p{L}\p{N}])(\d?x{1,4}[sl]|[sml]|\d{2}(?:[.,]5)?)(?![\p{L}\p{N}])/giu
const ASKED =
  /\b(?:in |a |an )?(?:size|sizes|größe|groesse|gr\.)\s+(\d?x{1,4}[sl]|[sml]|\d{2}(?:[.,]5)?)(?![\p{L}\p{N}])/iu

/** The size a text asks for, with the words that say so; null without one. */
export function sizeAsked(text: string): { size: string; index: number; text: string } | null {
  const found = ASKED.exec(text)
  return found?.[1] ? { size: found[1].toLowerCase(), index: found.index, text: found[0] } : null
}

/** Whether `S to M`, `36–42` or `S, M, XL` holds the size; null where the text is no list of sizes. */
export function hasSize(listed: string, size: string): boolean | null {
  const plain = listed.toLowerCase()
  const found = [...plain.matchAll(SIZE)]
  if (found.length === 0) return null
  const asked = rank(size)
  const same = found.some(([text]) => rank(text)?.at === asked?.at && rank(text)?.row === asked?.row)
  if (same) return true
  const spans = [...plain.matchAll(/(\S+)\s*(?:–|-|to|bis)\s*(\S+)/gu)].flatMap(([, from = '', to = '']) => {
    const [low, high] = [rank(from), rank(to)]
    return low && high && low.row === high.row ? [{ low, high }] : []
  })
  if (!asked || found.some(([text]) => rank(text)?.row !== asked.row)) return null
  return spans.some(({ low, high }) => low.at <= asked.at && asked.at <= high.at)
}

function rank(size: string): { row: 'letters' | 'numbers'; at: number } | null {
  const plain = size
    .replace(/[^\p{L}\p{N}.,]/gu, '')
    .replace(/^([2-4])x(?=[sl]$)/u, (_, count: string) => 'x'.repeat(Number(count)))
  const place = LETTERS.indexOf(plain)
  if (place >= 0) return { row: 'letters', at: place }
  const number = Number(plain.replace(',', '.'))
  return plain !== '' && Number.isFinite(number) ? { row: 'numbers', at: number } : null
}

// A process that starts an index from the snapshot another left. Arguments: folder, products, model, dimensions. Prints a line of JSON.
import { knowledgeIndex } from '#rag/knowledge-index.ts'
import { systemClock } from '#telemetry/clock.ts'
import { jsonLog } from '#telemetry/log.ts'
import { inventedShop, SHOP } from './invented-shop.ts'

const { signal } = new AbortController()
const [snapshotFolder = '', size = '', model = '', dimensions = ''] = process.argv.slice(2)
const clock = systemClock()
const shop = inventedShop(Number(size), Number(dimensions))
let loads = 0
const feed: typeof shop.feed = {
  ...shop.feed,
  load(...asked) {
    loads += 1
    return shop.feed.load(...asked)
  },
}
const before = process.memoryUsage().rss
const began = clock.elapsed()
const parts = { feed, vectors: shop.vectors, notifications: null, model, snapshotFolder, clock, log: jsonLog('error') }
const index = await knowledgeIndex(parts)
await index.start(signal)
const ms = clock.elapsed() - began
while (index.shopIndex(SHOP)?.slots.size() === 0) await clock.sleep(50, signal)
const listings = clock.elapsed() - began
const rss = process.memoryUsage().rss - before
console.log(JSON.stringify({ ms, listings, rss, loads, chunks: index.state(SHOP).chunks }))
await index.close(signal)

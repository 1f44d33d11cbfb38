import type { StockDesk } from '../inventory-system.port.ts'
import { keyedChanges, type SandboxParts } from './keyed-changes.ts'
import { reallocate } from './rules/lines.ts'

/** The sandbox shop's stock by place. Throws what OrderFiles throws, and what its faults ask for. */
export function sandboxStockDesk(parts: SandboxParts): StockDesk {
  const { keyed, change, read } = keyedChanges(parts, 'inventory')
  return {
    ...keyed,
    stock: (shop, skus, signal) => read(shop, 'stock', () => parts.files.stock(shop, skus, signal), signal),
    reservedFor: (shop, order, signal) =>
      read(
        shop,
        'stock',
        async () => {
          const found = await parts.files.file(shop, order, signal)
          return (found?.file.records ?? []).flatMap((record) =>
            record.kind === 'reservation' && record.purpose === 'order'
              ? [{ sku: record.sku, qty: record.qty, location: record.location }]
              : [],
          )
        },
        signal,
      ),
    reallocate: (by, order, line, location, signal) =>
      change(
        by,
        {
          order,
          kind: 'reallocate',
          args: { line, location },
          rule: (file, at) => reallocate(file, { key: by.key, at }, line, location),
        },
        signal,
      ),
  }
}

import type { CarrierSystem } from '../carrier-system.port.ts'
import { keyedChanges, type SandboxParts } from './keyed-changes.ts'
import { fileClaim, openTrace } from './rules/parcels.ts'

/** The sandbox shop's carriers. Throws what OrderFiles throws, and what its faults ask for. */
export function sandboxCarrierSystem(parts: SandboxParts): CarrierSystem {
  const { keyed, change, read } = keyedChanges(parts, 'carriers')
  return {
    ...keyed,
    parcels: (shop, order, signal) =>
      read(
        shop,
        'parcels',
        async () => {
          const found = await parts.files.file(shop, order, signal)
          return { value: found?.file.parcels ?? [], version: found?.file.parcelsVersion ?? 0 }
        },
        signal,
      ),
    openTrace: (by, order, shipment, signal) =>
      change(
        by,
        {
          order,
          kind: 'open_trace',
          args: { shipment },
          rule: (file, at) => openTrace(file, { key: by.key, at }, shipment),
        },
        signal,
      ),
    fileClaim: (by, order, claim, signal) =>
      change(
        by,
        { order, kind: 'file_claim', args: claim, rule: (file, at) => fileClaim(file, { key: by.key, at }, claim) },
        signal,
      ),
  }
}

import type { FileRule, OrderFiles, SandboxSystem } from '#db/commerce/order-files.port.ts'
import type { OrderId, ShopId } from '#domain/ids.ts'
import type { EffectOutcome, EffectRefusal, Keyed, KeyedSystem } from '../effect.port.ts'
import { takeBack } from './rules/effects/take-back.ts'
import type { SandboxGate } from './sandbox-gate.ts'

export type SandboxParts = { files: OrderFiles; gate: SandboxGate }
export type RequestedChange = { order: OrderId; kind: string; args: unknown; rule: FileRule; skus?: string[] }

/** What each of the sandbox's systems does with a keyed change: once, with the answer kept, faults on the way. */
export function keyedChanges({ files, gate }: SandboxParts, system: SandboxSystem) {
  const keyed: KeyedSystem = {
    async effectByKey(shop, key, signal) {
      const call = { shop, system, operation: 'effectByKey' }
      const effect = await gate.read(call, () => files.effect(shop, key, signal), signal)
      return effect ? asOutcome(effect.outcome) : null
    },
    async takeBack(by, undone, signal) {
      const earlier = await files.effect(by.shop, undone, signal)
      if (!earlier) return { outcome: 'failed', why: 'unknown_effect' }
      const stock = (earlier.undo as { stock?: { sku: string }[] } | null)?.stock ?? []
      const change = { order: earlier.order, kind: 'take_back', args: {}, skus: stock.map(({ sku }) => sku) }
      return send(
        by,
        { ...change, rule: (file, at, known) => takeBack(file, { key: by.key, at }, known) },
        undone,
        signal,
      )
    },
  }
  async function send(
    { shop, key, version }: Keyed,
    { order, kind, args, rule, skus }: RequestedChange,
    earlier: string | null,
    signal: AbortSignal,
  ): Promise<EffectOutcome> {
    const change = { key, system, kind, order, args, version: version ?? null, skus: skus ?? [], earlier }
    return gate.change(
      { shop, system, operation: kind },
      async () => asOutcome(await files.change(shop, change, rule, signal)),
      signal,
    )
  }
  return {
    keyed,
    change: (by: Keyed, change: RequestedChange, signal: AbortSignal) => send(by, change, null, signal),
    read: <Result>(shop: ShopId, operation: string, work: () => Promise<Result>, signal: AbortSignal) =>
      gate.read({ shop, system, operation }, work, signal),
  }
}

/** Rules refuse with codes of `EffectRefusal` alone; the store keeps them as text. */
function asOutcome(
  outcome: { outcome: 'succeeded'; receipt: string; at: string } | { outcome: 'failed'; why: string },
) {
  return outcome.outcome === 'failed' ? { ...outcome, why: outcome.why as EffectRefusal } : outcome
}

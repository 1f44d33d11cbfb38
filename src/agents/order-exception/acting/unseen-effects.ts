import type { JournalAction } from '#approvals/journal.port.ts'
import { CASE_ONLY_KINDS } from '#domain/exceptions/action.ts'
import type { CaseId, ShopId } from '#domain/ids.ts'
import type { ActionTools } from '#tools/action-tool.port.ts'
import type { Hands } from './carry-out.ts'

/** Actions the journal calls done and their target system does not show; each look is written down. Throws what Journal and the tools throw. */
export async function unseenEffects(
  { journal, tools }: Hands,
  shop: ShopId,
  caseId: CaseId,
  signal: AbortSignal,
): Promise<JournalAction[]> {
  const unseen: JournalAction[] = []
  for (const action of await journal.ofCase(shop, caseId, signal)) {
    if (action.state !== 'succeeded' || action.undoOf !== null || CASE_ONLY_KINDS.has(action.kind)) continue
    const { id, order, kind, args } = action
    const shows = await tools[kind as keyof ActionTools].verify({ id, shop, order, kind, args }, signal)
    await journal.verified(shop, id, shows, signal)
    if (!shows) unseen.push(action)
  }
  return unseen
}

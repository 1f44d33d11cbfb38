import type { JournalAction } from '#approvals/journal.port.ts'
import { CASE_ONLY_KINDS } from '#domain/exceptions/action.ts'
import type { CaseId, ProposalId, ShopId } from '#domain/ids.ts'
import type { ActionTools } from '#tools/action-tool.port.ts'
import type { Hands } from './carry-out.ts'

/** Actions of the proposal that the journal calls done and their target system does not show; each look is written down. What others did may have been built on since. Throws what Journal and the tools throw. */
export async function unseenEffects(
  { journal, tools }: Hands,
  shop: ShopId,
  caseId: CaseId,
  proposal: ProposalId,
  signal: AbortSignal,
): Promise<JournalAction[]> {
  const unseen: JournalAction[] = []
  for (const action of await journal.ofCase(shop, caseId, signal)) {
    if (action.proposal !== proposal || action.state !== 'succeeded' || action.undoOf !== null) continue
    if (CASE_ONLY_KINDS.has(action.kind)) continue
    const { id, order, kind, args } = action
    const shows = await tools[kind as keyof ActionTools].verify({ id, shop, order, kind, args }, signal)
    await journal.verified(shop, id, shows, signal)
    if (!shows) unseen.push(action)
  }
  return unseen
}

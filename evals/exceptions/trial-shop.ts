import { policyFromLimits } from '#approvals/policy/default-policy.ts'
import { type ScenarioWorld, scenarioWorld } from '#commerce/sandbox/worlds/scenario-world.ts'
import { type Actor, PURSER } from '#domain/approvals/proposal.ts'
import { orderId, shopId } from '#domain/ids.ts'
import { agentAlone } from './agent-alone.ts'
import type { Scenario } from './scenario.ts'

const JUDGE: Actor = { id: 'opr_judge', name: 'Judge', role: 'admin' }

/** What the agent made of a scenario. */
export type Trial = {
  type: string
  status: string
  cause: string | null
  decision: string | null
  rule: string | null
  summary: string
  actions: { kind: string; args: Record<string, unknown> }[]
  /** Kinds that were carried out in the world. */
  done: string[]
}

/** Each trial is a shop of its own whose clock stands at the scenario's time. */
export async function trialShop(signal: AbortSignal) {
  const { agent, cases, proposals, journal, policies, shops, worlds, setTime, close } = await agentAlone(signal)
  let trials = 0

  return {
    async attempt({ world, exception, type }: Scenario): Promise<Trial> {
      trials += 1
      const shop = shopId(`trial-${trials}`)
      setTime(new Date(world.now))
      await shops.put(
        { id: shop, name: shop, defaultLocale: 'en', currency: world.order.currency, settings: {} },
        signal,
      )
      await worlds.load(shop, scenarioWorld(world as unknown as ScenarioWorld), signal)
      const policy = policyFromLimits(world.policy)
      await policies.put(shop, { policy, ifMatch: null, by: JUDGE, note: null }, signal)
      const { source, detail, data } = exception
      const report = { order: orderId(world.order.id), type: exception.type, source, detail, data }
      const { caseId } = await cases.open(shop, report, PURSER, signal)
      await agent.triage(shop, caseId, 'opened', signal)
      const found = await cases.load(shop, caseId, signal)
      const revisions = await proposals.revisions(shop, caseId, signal)
      const proposal = revisions.reduce<(typeof revisions)[0] | null>(
        (newest, one) => (newest && newest.revision > one.revision ? newest : one),
        null,
      )
      if (!found) throw new Error(`the case of a ${type} scenario is gone`)
      const done = await journal.ofCase(shop, caseId, signal)
      return {
        type: found.type,
        status: found.status,
        cause: found.cause,
        decision: proposal?.ruling.verdict ?? null,
        rule: proposal?.ruling.rule.id ?? null,
        summary: found.summary,
        actions: (proposal?.actions ?? []).map(({ kind, args }) => ({ kind, args })),
        done: done.filter(({ state }) => state !== 'authorised').map(({ kind }) => kind),
      }
    },
    close,
  }
}
export type TrialShop = Awaited<ReturnType<typeof trialShop>>

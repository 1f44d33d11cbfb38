import type { PolicyStore, PolicyVersion } from '#db/approvals/policy/policy.port.ts'
import { PURSER } from '#domain/approvals/proposal.ts'
import type { Verdict } from '#domain/exceptions/action.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Money } from '#domain/money.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import { sums } from './policy/amounts.ts'
import { decide } from './policy/decide.ts'
import { carefulPolicy } from './policy/default-policy.ts'
import { readPolicy } from './policy/policy-schema.ts'
import type { Policies, Replay, ReplayChange } from './policy.port.ts'

const DAY = 86_400_000
/** Past proposals a replay looks at, the newest: more than a month of a busy shop. */
const REPLAYED = 20_000
const FIRST = new Date(0)

/** A shop's policy in its versions. */
export function shopPolicies(store: PolicyStore, clock: Clock): Policies {
  const current = async (shop: ShopId, signal: AbortSignal): Promise<PolicyVersion> =>
    (await store.current(shop, signal)) ?? untouched()
  return {
    current,
    read: readPolicy,
    async put(shop, { policy, ifMatch, by, note, rolledBackTo }, signal) {
      const put = await store.put(shop, { policy, ifMatch, by, note, rolledBackTo: rolledBackTo ?? null }, signal)
      return put.outcome === 'stored' ? put : { outcome: 'moved', version: await current(shop, signal) }
    },
    version: async (shop, version, signal) => (version === 0 ? untouched() : store.version(shop, version, signal)),
    versions: (shop, limit, signal) => store.versions(shop, limit, signal),
    async rollBack(shop, version, by, signal) {
      const old = version === 0 ? untouched() : await store.version(shop, version, signal)
      if (!old) return null
      const change = { policy: old.policy, ifMatch: null, by, note: null, rolledBackTo: version }
      const put = await store.put(shop, change, signal)
      return put.outcome === 'stored' ? put.version : null
    },
    async replay(shop, policy, days, signal): Promise<Replay> {
      const since = new Date(clock.now().getTime() - days * DAY)
      const past = await store.judgements(shop, since, REPLAYED, signal)
      const now = await current(shop, signal)
      const changes = past.flatMap(({ inputs: { judged, facts, counters }, verdict: _, ...one }): ReplayChange[] => {
        const [from, to] = [now, { version: now.version + 1, policy }].map((each) =>
          decide(each, judged, facts, counters),
        )
        if (!from || !to || from.verdict === to.verdict) return []
        const short = (ruling: typeof from) => ({ verdict: ruling.verdict, rule: ruling.rule.id })
        return [{ ...one, from: short(from), to: short(to) }]
      })
      const money = (is: (change: ReplayChange) => boolean) => moneys(changes.filter(is).map((change) => change.money))
      return {
        days,
        proposals: past.length,
        changes,
        money: { released: money(({ to }) => isAuto(to.verdict)), held: money(({ from }) => isAuto(from.verdict)) },
      }
    },
  }
}

const isAuto = (verdict: Verdict) => verdict === 'auto'

function moneys(all: (Money | null)[]): Money[] {
  return Object.entries(sums(all)).map(([currency, amount]) => ({ amount, currency }))
}

/** What holds where nobody ever set a policy. */
function untouched(): PolicyVersion {
  return { version: 0, policy: carefulPolicy(), by: PURSER, note: null, at: FIRST, rolledBackTo: null }
}

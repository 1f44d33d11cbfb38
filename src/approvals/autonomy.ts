import type { PolicyStore } from '#db/approvals/policy/policy.port.ts'
import type { ShadowStore } from '#db/approvals/policy/shadow.port.ts'
import { AUTONOMY_LEVELS, type KillScope } from '#domain/approvals/policy.ts'
import { isActionKind } from '#domain/exceptions/action.ts'
import { EXCEPTION_TYPES, type ExceptionType, isExceptionType } from '#domain/exceptions/exception-type.ts'
import { Fault } from '#domain/fault.ts'
import type { ShopId } from '#domain/ids.ts'
import { clopperPearson } from '#domain/statistics/clopper-pearson.ts'
import { wilson } from '#domain/statistics/wilson.ts'
import { carefulPolicy } from './policy/default-policy.ts'
import type { Autonomy, AutonomyLevels, Budgets, KillSwitches } from './policy.port.ts'

/** How much is left to Purser, by exception type. */
export function autonomyLevels(store: PolicyStore, shadows: Pick<ShadowStore, 'figures'>): AutonomyLevels {
  const all = async (shop: ShopId, signal: AbortSignal): Promise<Autonomy[]> => {
    const { policy } = (await store.current(shop, signal)) ?? { policy: carefulPolicy() }
    const { sample, minAgreement } = policy.autonomy.promotion
    const set = new Map((await store.levels(shop, signal)).map((level) => [level.type, level]))
    const figures = new Map((await store.agreement(shop, sample, signal)).map((figure) => [figure.type, figure]))
    const shadowed = new Map((await shadows.figures(shop, sample, signal)).map((figure) => [figure.type, figure]))
    return EXCEPTION_TYPES.map((type) => {
      const level = set.get(type)
      const { decisions, agreed } = figures.get(type) ?? { decisions: 0, agreed: 0 }
      const { compared = 0, agreed: alike = 0, actions = [] } = shadowed.get(type) ?? {}
      const lowerBound = clopperPearson(agreed + alike, decisions + compared).low
      return {
        type,
        level: level?.level ?? policy.autonomy.start[type],
        since: level?.at ?? null,
        by: level?.by ?? null,
        why: level?.why ?? null,
        evidence: {
          decisions,
          agreed,
          lowerBound,
          required: minAgreement,
          needed: sample,
          mayPromote: decisions + compared >= sample && lowerBound >= minAgreement,
          shadow: {
            ...shareOf(compared, alike),
            actions: actions.map((one) => ({ kind: one.kind, ...shareOf(one.compared, one.agreed) })),
          },
        },
      }
    })
  }
  const one = async (shop: ShopId, type: ExceptionType, signal: AbortSignal) =>
    (await all(shop, signal)).find((autonomy) => autonomy.type === type) as Autonomy
  return {
    all,
    async set(shop, type, level, by, signal) {
      // Whoever changed it meanwhile, a person or too many errors, is heard first.
      for (;;) {
        const before = await one(shop, type, signal)
        if (before.level === level) return { outcome: 'same', autonomy: before }
        const up = AUTONOMY_LEVELS.indexOf(level) > AUTONOMY_LEVELS.indexOf(before.level)
        // Only the last step lets something happen without a person; the others are how evidence is gathered.
        if (up && level === 'auto' && !before.evidence.mayPromote)
          return { outcome: 'not_enough_evidence', autonomy: before }
        const details = { from: before.level, evidence: before.evidence }
        const from = before.since === null ? null : before.level
        if (await store.setLevel(shop, { type, from, level, by, why: 'set', details }, signal))
          return { outcome: 'set', autonomy: await one(shop, type, signal) }
      }
    },
  }
}

/** How often what Purser would have done is what was done; limits one-sided 95 % (Wilson). */
function shareOf(compared: number, agreed: number) {
  const { low, high } = wilson(agreed, compared)
  return { compared, agreed, low, high }
}

/** Switches that stop actions. */
export function killSwitches(store: PolicyStore): KillSwitches {
  return {
    all: (shop, signal) => store.switches(shop, signal),
    async set(shop, { scope, ...change }, signal) {
      return store.setSwitch(shop, { ...change, scope: readScope(scope) }, signal)
    },
  }
}

/** What the day's budgets have been used for. */
export function budgets(store: PolicyStore): Budgets {
  return { used: (shop, day, signal) => store.budgets(shop, day, signal) }
}

function readScope(scope: string): KillScope {
  const [kind, name = ''] = scope.split(':')
  if (scope === 'shop' || (kind === 'action' && isActionKind(name)) || (kind === 'type' && isExceptionType(name)))
    return scope as KillScope
  throw new Fault({
    kind: 'user',
    code: 'approvals.kill_switch.scope',
    message: 'A switch stops `shop`, `action:KIND` or `type:TYPE`.',
    status: 400,
    errors: [{ path: 'scope', message: 'not shop, action:KIND or type:TYPE' }],
  })
}

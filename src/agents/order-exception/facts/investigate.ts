import type { Policies } from '#approvals/policy.port.ts'
import type { FactName, Investigation, ShopPlaces } from '#domain/exceptions/facts.ts'
import type { ShopId } from '#domain/ids.ts'
import type { Clock } from '#telemetry/clock.port.ts'
import type { CaseLookUps } from '#tools/case-look-ups.port.ts'
import { PLAYBOOKS } from '../playbooks/all.ts'
import type { Report } from '../state.ts'
import { gatherFacts } from './gather-facts.ts'

/** Where an investigation gets what it knows. */
export type Investigators = {
  lookUps: CaseLookUps
  policies: Pick<Policies, 'current'>
  places: ShopPlaces
  clock: Clock
}

/** Everything the type's playbook needs, asked now. Throws what Policies.current throws; a silent system is a fact. */
export async function investigate(
  { lookUps, policies, places, clock }: Investigators,
  shop: ShopId,
  { order, round, exception }: Report,
  signal: AbortSignal,
): Promise<Investigation> {
  const needs = Object.keys(PLAYBOOKS[exception.type].needs) as FactName[]
  const [{ policy }, facts] = await Promise.all([
    policies.current(shop, signal),
    gatherFacts({ lookUps, clock }, { shop, order, needs }, signal),
  ])
  const askedAt = clock.now().toISOString()
  // A shop's systems may keep another time than ours: an order's days count by theirs.
  const theirs = facts.order?.outcome === 'known' ? facts.order.systemTime : undefined
  return { exception, facts, limits: policy.limits, places, now: theirs ?? askedAt, askedAt, round }
}

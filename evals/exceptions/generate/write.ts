import { writeFileSync } from 'node:fs'
import { Scenario } from '../scenario.ts'
import { type Kit, kitOf, type Sketch } from './kit.ts'
import { addressInvalid } from './tables/address-invalid.ts'
import { carrierDelay } from './tables/carrier-delay.ts'
import { carrierExceptionAddress } from './tables/carrier-exception-address.ts'
import { damagedInTransit } from './tables/damaged-in-transit.ts'
import { deliveredNotReceivedClaim } from './tables/delivered-not-received-claim.ts'
import { duplicateOrder } from './tables/duplicate-order.ts'
import { fraudHold } from './tables/fraud-hold.ts'
import { lostInTransit } from './tables/lost-in-transit.ts'
import { outOfStockOpenOrder } from './tables/out-of-stock-open-order.ts'
import { partialShipmentShort } from './tables/partial-shipment-short.ts'
import { paymentHold } from './tables/payment-hold.ts'
import { priceMismatch } from './tables/price-mismatch.ts'
import { refundPendingTooLong } from './tables/refund-pending-too-long.ts'
import { returnToSender } from './tables/return-to-sender.ts'

const TABLES = [
  carrierDelay,
  carrierExceptionAddress,
  lostInTransit,
  returnToSender,
  deliveredNotReceivedClaim,
  damagedInTransit,
  partialShipmentShort,
  addressInvalid,
  outOfStockOpenOrder,
  duplicateOrder,
  paymentHold,
  fraudHold,
  priceMismatch,
  refundPendingTooLong,
]
const FILE = new URL('../../datasets/exceptions/scenarios.jsonl', import.meta.url)
/** Worlds a rule: the same rule with other limits, carriers, baskets and dates. */
const SEEDS = [11, 29, 47]

/** `npx --no -- node evals/exceptions/generate/write.ts`: the suite's own scenarios, the same at every run. */
const scenarios = SEEDS.flatMap((seed) => scenariosOf(seed)).map((scenario, index) => ({
  id: `ex-${String(index + 1).padStart(3, '0')}`,
  ...scenario,
}))
for (const scenario of scenarios) Scenario.parse(scenario)
writeFileSync(FILE, scenarios.map((scenario) => `${JSON.stringify(scenario)}\n`).join(''))
console.log(`${scenarios.length} scenarios written`)

function scenariosOf(seed: number) {
  return TABLES.flatMap(({ type, rules }, table) =>
    rules.flatMap((rule, position) => {
      const kit = kitOf(seed * 1_000 + table * 20 + position)
      return rule(kit).map((sketch) => scenarioOf(type, `${type}-${seed}`, sketch, kit))
    }),
  )
}

function scenarioOf(
  type: string,
  prefix: string,
  { variant, twin, order, exception = {}, expect, ...rest }: Sketch,
  { now, at, limits }: Kit,
) {
  return {
    type,
    variant,
    ...(twin ? { twin: `${prefix}-${twin}` } : {}),
    world: { now, order, shipments: [], inventory: [], ...rest, policy: limits },
    exception: { type, detectedAt: at(0, -3), source: 'monitor', detail: '', ...exception },
    expect,
  }
}

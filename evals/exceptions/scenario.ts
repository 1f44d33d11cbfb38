import { z } from 'zod'
import { EXCEPTION_TYPES } from '#domain/exceptions/exception-type.ts'

const Address = z
  .looseObject({ name: z.string().default(''), line1: z.string(), city: z.string(), country: z.string() })
  .transform((address) => ({
    ...address,
    line2: z
      .string()
      .optional()
      .parse(address.line2 ?? undefined),
    region: String(address.region ?? ''),
    postalCode: String(address.postalCode ?? ''),
  }))
const Quantity = z.object({ sku: z.string(), qty: z.int() })
const Refund = z.object({
  id: z.string(),
  amount: z.int(),
  status: z.string(),
  pspStatus: z.string().optional(),
  createdAt: z.string(),
  sku: z.string().optional(),
})
const ScenarioOrder = z.looseObject({
  id: z.string(),
  placedAt: z.string(),
  currency: z.string().length(3),
  status: z.string(),
  paymentStatus: z.string(),
  total: z.int(),
  customer: z.object({ id: z.string(), tier: z.string(), lifetimeOrders: z.int(), priorClaims: z.int() }),
  lines: z.array(Quantity.extend({ name: z.string(), unitPrice: z.int() })),
  shippingAddress: Address,
  shippingMethod: z.string().default('standard'),
  promisedBy: z.string(),
  refunds: z.array(Refund).default([]),
  riskSignals: z.array(z.string()).optional(),
})
const Parcel = z.looseObject({
  id: z.string(),
  carrier: z.string(),
  trackingNumber: z.string(),
  status: z.string(),
  eta: z.string().optional(),
  events: z.array(
    z.object({
      at: z.string(),
      code: z.string(),
      description: z.string().default(''),
      location: z.string().optional(),
    }),
  ),
  lines: z.array(Quantity).optional(),
  proofOfDelivery: z.record(z.string(), z.unknown()).optional(),
})
const Limits = z.object({
  approvals: z.object({
    refundAutoMax: z.int(),
    reshipAutoMax: z.int(),
    creditAutoMax: z.int(),
    addressChangeAutoMax: z.int(),
  }),
  delay: z.object({ noticeDays: z.number(), creditPct: z.number() }),
  lostAfterDays: z.number(),
  addressMinConfidence: z.number(),
  payment: z.object({ retryMax: z.number(), cancelAfterDays: z.number() }),
  backorderMaxDays: z.number(),
  duplicateWindowMinutes: z.number(),
  claims: z.object({ escalateAtPriorClaims: z.number() }),
  priceMaxPct: z.number(),
  refundOverdueDays: z.number(),
})
const Named = z.object({ kind: z.string(), args: z.record(z.string(), z.unknown()).default({}) })

/** One line of a scenario file: the world the agent may see, and what a judge expects. Amounts are minor units, times ISO 8601 UTC. */
export const Scenario = z.object({
  id: z.string().min(1),
  type: z.enum(EXCEPTION_TYPES),
  variant: z.string().default(''),
  twin: z.string().nullish(),
  world: z.object({
    now: z.string(),
    order: ScenarioOrder,
    shipments: z.array(Parcel).default([]),
    inventory: z
      .array(
        z.object({
          sku: z.string(),
          location: z.string(),
          onHand: z.int(),
          reserved: z.int(),
          incomingAt: z.string().optional(),
          incomingQty: z.int().optional(),
        }),
      )
      .default([]),
    relatedOrders: z.array(ScenarioOrder).default([]),
    priceList: z.array(z.object({ sku: z.string(), listPrice: z.int(), effectiveFrom: z.string() })).default([]),
    policy: Limits,
  }),
  exception: z.object({
    type: z.enum(EXCEPTION_TYPES),
    detectedAt: z.string(),
    source: z.string(),
    detail: z.string().default(''),
    data: z.record(z.string(), z.unknown()).default({}),
  }),
  /** A refusal a person gave in a shop; such scenarios are counted apart. */
  origin: z.literal('rejection').optional(),
  expect: z.object({
    /** Null: nobody said, so it is not judged. */
    cause: z.string().nullable(),
    actions: z.array(z.array(Named)),
    decision: z.enum(['auto', 'approval', 'escalate', 'wait']),
    mustNot: z.array(z.string()).default([]),
    why: z.string().default(''),
  }),
})
export type Scenario = z.infer<typeof Scenario>

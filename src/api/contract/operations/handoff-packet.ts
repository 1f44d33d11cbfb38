import { z } from '@hono/zod-openapi'
import { HandoffReasonSchema, OrderCardSchema } from '../answer.ts'
import { Instant } from '../endpoint.ts'

/** All of it is there until the shopper has it erased, or it was written by an earlier release. */
export const FullPacketSchema = z.object({
  question: z.string().nullable(),
  transcript: z
    .array(z.object({ role: z.string(), text: z.string(), at: Instant }))
    .openapi({ description: 'What was said when it was opened; of a long conversation the newest 20,000 characters.' }),
  identity: z.object({
    customerId: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    contact: z.string().nullable(),
  }),
  locale: z.string().nullable(),
  orders: z.array(OrderCardSchema),
  provenOrders: z.array(z.string()).openapi({ description: 'Unlocked by a code sent to the address on the order.' }),
  retrieved: z
    .array(
      z.object({
        documentId: z.string(),
        title: z.string().nullable(),
        url: z.string().nullable(),
        quote: z.string().nullable().openapi({ description: 'What the shopper was shown of it.' }),
        score: z.number().nullable(),
      }),
    )
    .openapi({ description: 'What was found, best first; not all of it was said.' }),
  tried: z.array(z.string()),
  reason: HandoffReasonSchema,
  summary: z.string(),
  suggestedReply: z.string().nullable(),
})

export const HandoffPacketSchema = FullPacketSchema.partial().openapi('HandoffPacket', {
  description: 'What the person needs so that nothing is asked twice. Empty once erased.',
})

import { z } from 'zod'
import type { CustomerMessageKind } from '#commerce/customer-messenger.port.ts'
import type { ActionTool } from '../../action-tool.port.ts'
import { keyedTool, type ShopSystems } from '../keyed-tool.ts'
import { text, word } from '../read-args.ts'

/** What is particular to one kind of letter: its subject, and its words where nobody wrote better ones. */
export type Letter = { kind: CustomerMessageKind; topic: string; standard: string; does: (order: string) => string }

/** A letter to the order's customer. Sent once; what is sent stays sent. `receipts` are of the actions its text tells of as done. */
export function letterTool(systems: ShopSystems, { kind, topic, standard, does }: Letter): ActionTool {
  const Args = z.strictObject({
    text: text.default(standard),
    topic: word.default(topic),
    receipts: z.array(word).max(20).default([]),
  })
  return keyedTool(systems.messages, {
    kind,
    system: 'messages',
    args: Args,
    effect: (_args, { id }) => does(id),
    reversible: false,
    send: (by, { order }, args, signal) => systems.messages.send(by, order, { kind, ...args }, signal),
    shows: async ({ shop, order }, _args, receipt, signal) =>
      (await systems.messages.sent(shop, order, signal)).some((letter) => letter.receipt === receipt),
  })
}

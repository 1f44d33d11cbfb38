import type { FileRule, OrderRecord } from '#db/commerce/order-files.port.ts'
import type { CustomerMessageKind, CustomerMessenger, SentMessage } from '../customer-messenger.port.ts'
import { keyedChanges, type SandboxParts } from './keyed-changes.ts'
import { refused } from './rules/effects/decide.ts'
import { send } from './rules/parcels.ts'

/** The sandbox shop's letters: they stay in its world. Throws what OrderFiles throws, and what its faults ask for. */
export function sandboxCustomerMessenger(parts: SandboxParts): CustomerMessenger {
  const { files } = parts
  const { keyed, change, read } = keyedChanges(parts, 'messages')
  return {
    effectByKey: keyed.effectByKey,
    async send(by, order, message, signal) {
      // Receipts are only ever added, so that one known here is still known in the transaction.
      const known = await files.knownReceipts(by.shop, message.receipts, signal)
      const isCovered = message.receipts.every((receipt) => known.has(receipt))
      const rule: FileRule = (file, at) =>
        isCovered ? send(file, { key: by.key, at }, message) : refused('receipt_unknown')
      return change(by, { order, kind: 'send', args: message, rule }, signal)
    },
    sent: (shop, order, signal) =>
      read(
        shop,
        'sent',
        async () => {
          const found = await files.file(shop, order, signal)
          return (found?.file.records ?? []).flatMap(asMessage)
        },
        signal,
      ),
  }
}

function asMessage(record: OrderRecord): SentMessage[] {
  if (record.kind !== 'message') return []
  const { id, at, message, topic, text, receipts } = record
  return [{ kind: message as CustomerMessageKind, topic, text, receipts, receipt: id, at }]
}

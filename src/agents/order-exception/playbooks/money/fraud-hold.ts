import { action, forApproval, handedUp, type Known, type Plan, type Playbook } from '../../playbook.ts'
import { isCancelled } from '../../signs/money-so-far.ts'

type Needs = 'order' | 'payment'

/** An order the fraud service held. A judgement: nothing of it happens without a person. Source: docs/exceptions.md, fraud_hold. */
export const fraudHold: Playbook<Needs> = {
  type: 'fraud_hold',
  needs: { order: { maxAgeMinutes: 15 }, payment: { maxAgeMinutes: 15 } },
  never: ['refund', 'credit', 'reship', 'cancel_order', 'retry_payment', 'close_exception'],
  ifNothing: 'The order stays on hold until somebody decides.',
  plan,
}

/** The first rule that holds decides. What a buyer writes proves nothing; a list of signals that is missing is not an empty one. */
function plan({ order, payment, exception }: Known<Needs>): Plan {
  const signals = order.riskSignals
  const isVerified = exception.data.verification === 'passed'
  if (isVerified && signals?.length === 0 && !isCancelled(order) && !payment.disputed)
    return forApproval(
      { cause: 'fraud_cleared', rule: 'fraud_hold.1', why: 'The verification passed, and no signal is left.' },
      [action('release_hold')],
      [[action('escalate')]],
    )
  const said =
    signals === undefined
      ? 'The signals are not known'
      : signals.length > 0
        ? `Signals: ${signals.join(', ')}`
        : 'No signal is left'
  const why = `${said}; ${isVerified ? 'the verification passed' : 'no verification passed'}.`
  return handedUp({ cause: 'fraud_suspected', rule: 'fraud_hold.2', why })
}

import type { RunnableConfig } from '@langchain/core/runnables'
import { orderId } from '#domain/ids.ts'
import type { OrderTool } from '#tools/look-up.port.ts'
import { runSignal } from '../../run-signal.ts'
import { earlyYes, saidAgain } from '../claims/claim-in-hand.ts'
import { requestInHand } from '../requests/request-in-hand.ts'
import { orderAskedOn } from '../route.ts'
import type { QuestionState } from '../state.ts'

/** Asks for the shopper's own orders. Who they are comes from the session alone. Throws what OrderTool throws. */
export function lookUpOrder(orders: OrderTool) {
  return async (state: QuestionState, config: RunnableConfig) => {
    const { input, question, progress } = state
    progress('looking_up_order')
    const { shop, customer, unlockedOrders } = input
    const known = requestInHand(state)?.order ?? saidAgain(state) ?? earlyYes(state)?.order
    const asked = known ?? orderAskedOn(state)?.named ?? null
    const named = question.orderNumber ? orderId(question.orderNumber) : asked
    return { lookUp: await orders.orders({ shop, customer, unlockedOrders }, named, runSignal(config)) }
  }
}

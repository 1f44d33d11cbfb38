import type { Answer, OrderCase } from '#domain/answer.ts'
import type { CaseDetail } from '#domain/approvals/case.ts'
import type { Caller } from '#tools/look-up.port.ts'

/** What an answer says; ids, times and the conversation belong to who stores it. */
export type NewsText = { state: OrderCase['state'] } & Pick<
  Answer,
  'text' | 'language' | 'orders' | 'receipts' | 'outcome' | 'route' | 'citations' | 'products' | 'options'
> &
  Pick<Answer, 'related' | 'needs' | 'stopped' | 'confidence' | 'gate' | 'cache' | 'model'>

export type CaseNews = {
  /**
   * What a shopper is told unasked of what they reported or asked for: that it is done with its receipt, that nobody agreed, or
   * that it is over. Null where there is nothing to tell, or the order is not theirs. Throws what OrderTool throws.
   */
  news(caller: Caller, one: CaseDetail, language: string | null, signal: AbortSignal): Promise<NewsText | null>
}

import { expectTypeOf, test } from 'vitest'
import type { ProgressStage as ServerStage } from '#agents/customer-question/customer-question.port.ts'
import type { Answer as ServerAnswer } from '#domain/answer.ts'
import type { Answer, AskEvent, Failure, ProgressStage, PurserClient, Reply, ShopperClient } from './client.ts'

/** The type checker is what runs these: a line that compiles where an error is expected fails it. */
declare const client: PurserClient
declare const shopper: ShopperClient
declare const signal: AbortSignal

test('a wrong field, a missing signal and a forgotten outcome do not compile', () => {
  const wrong = async () => {
    // @ts-expect-error the key is the client's, not the call's
    await client.openSession({ publicKey: 'pk_1' }, signal)
    // @ts-expect-error every call takes a signal
    await client.openSession({ locale: 'en' })
    // @ts-expect-error helpful is yes or no
    await shopper.rate('msg_1', { helpful: 'yes' }, signal)
    // @ts-expect-error it is called orderNumber
    await shopper.startProof({ order: 'A-1001', email: 'ada@shop.example' }, signal)
    // @ts-expect-error a question has an id of its own
    shopper.ask('cnv_1', { text: 'Returns?' }, signal)
    const reply = await shopper.transcript('cnv_1', signal)
    // @ts-expect-error there is a value only once the outcome is ok
    reply.value.messages
    for await (const event of shopper.ask('cnv_1', { text: 'Returns?', clientMessageId: '1' }, signal)) {
      // @ts-expect-error only an answer has one
      event.answer.text
      if (event.event === 'answer') event.answer.text satisfies string
      // @ts-expect-error no such event
      if (event.event === 'done') return
    }
  }
  expectTypeOf(wrong).toBeFunction()
})

test('what can go wrong is a closed list', () => {
  const all: Record<Failure['outcome'], true> = {
    network: true,
    timeout: true,
    aborted: true,
    malformed: true,
    problem: true,
  }
  expectTypeOf(all).toEqualTypeOf<Record<'network' | 'timeout' | 'aborted' | 'malformed' | 'problem', true>>()
  expectTypeOf<Exclude<Reply<1>['outcome'], 'ok'>>().toEqualTypeOf<Failure['outcome']>()
  expectTypeOf<AskEvent['event']>().toEqualTypeOf<'progress' | 'delta' | 'answer' | 'cut' | 'failed'>()
})

test('an answer of the server is an answer of the client', () => {
  expectTypeOf<ServerAnswer>().toExtend<Answer>()
  expectTypeOf<ProgressStage>().toEqualTypeOf<ServerStage>()
})

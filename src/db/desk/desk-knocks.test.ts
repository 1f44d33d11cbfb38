import { expect, test } from 'vitest'
import { shopId } from '#domain/ids.ts'
import type { DeskKnock } from './desk-knocks.port.ts'
import { postgresDeskKnocks } from './desk-knocks.postgres.ts'

test('hears of its own shop alone, of a pause too, and lets go of what no release of ours writes', () => {
  let say: (payload: string | null) => void = () => {}
  const listen = (_channel: unknown, onKnock: typeof say) => {
    say = onKnock
    return () => {}
  }
  const heard: (DeskKnock | null)[] = []
  postgresDeskKnocks({ listen }).listen(shopId('one'), (knock) => heard.push(knock))
  const about = { handoff: 'hnd_1', conversation: 'cnv_1' }
  for (const payload of ['', 'no JSON', '{"shop":"one"}', JSON.stringify({ shop: 'two', ...about, status: 'waiting' })])
    say(payload)
  say(JSON.stringify({ shop: 'one', ...about, status: 'claimed' }))
  say(null)
  expect(heard).toEqual([{ shop: 'one', ...about, kind: 'handoff', status: 'claimed' }, null])
})

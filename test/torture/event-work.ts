import type { InstanceKeys } from '#app/keys.ts'
import type { Call, Ledger, Verdict } from './ledger.ts'

/** Sends pages as events until it is stopped; one without an answer is sent again, as any sender would. */
export async function sendEvents(work: {
  ledger: Ledger
  call: Call
  keys: InstanceKeys
  round: number
  stop: AbortSignal
  fault: () => void
}): Promise<void> {
  const { ledger, call, keys, round, stop, fault } = work
  for (let at = 0; !stop.aborted; at++) {
    const id = `torture-event/${round}/${at}`
    const data = { id, kind: 'faq', title: `Question ${id}?`, text: `The answer of ${id} is ${at * 3}.` }
    const body = { specversion: '1.0', id, source: '/torture', type: 'policy.updated', data }
    const send = () => call('POST', '/v1/events', { token: keys.eventsKey, body }).catch(() => null)
    let answer = await send()
    if (answer?.status !== 202) {
      fault()
      answer = await send()
    }
    if (answer?.status === 202) ledger.events.add(id)
  }
}

/** Waits for every acknowledged event to take effect, and checks that each did so once. */
export async function verifyEvents(
  ledger: Ledger,
  call: Call,
  keys: InstanceKeys,
  settled: (good: () => Promise<boolean>) => Promise<boolean>,
): Promise<Verdict> {
  const verdict: Verdict = { lost: [], duplicated: [] }
  const done = await settled(async () => {
    const { json } = await call('GET', '/v1/events?state=waiting&limit=1', { token: keys.eventsKey })
    return (json as { items?: unknown[] } | undefined)?.items?.length === 0
  })
  if (!done) verdict.lost.push('events wait for ever')
  for (const id of ledger.events) {
    const { status, json } = await call('GET', `/v1/documents/${encodeURIComponent(id)}`, { token: keys.ingestKey })
    const { version } = (json ?? {}) as { version?: number }
    if (status !== 200) verdict.lost.push(`event ${id}: ${status}`)
    else if (version !== 1) verdict.duplicated.push(`event ${id}: version ${version}`)
  }
  return verdict
}

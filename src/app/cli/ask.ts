import type { Answer } from '#domain/answer.ts'
import { systemClock } from '#telemetry/clock.ts'
import { randomIds } from '#telemetry/ids.ts'
import { readArguments, usageFault } from './arguments.ts'
import { connect } from './client.ts'
import { print } from './terminal.ts'

const USAGE = 'npm run ask -- "question" [--json] [--locale en]'

/** `npm run ask`: asks as an anonymous shopper and prints answer, citations and confidence. Exit code 0 whatever the outcome. */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' }, locale: { type: 'string' } }, USAGE)
  const text = positionals.join(' ').trim()
  if (!text) throw usageFault(USAGE)
  const clock = systemClock()
  const client = await connect(clock, signal)
  try {
    const headers = { origin: client.url }
    const session = (await client.call('POST', '/v1/sessions', {
      headers,
      body: { publicKey: client.keys.publicKey, ...(values.locale ? { locale: values.locale } : {}) },
    })) as { token: string }
    const { id } = (await client.call('POST', '/v1/conversations', { token: session.token, body: {} })) as {
      id: string
    }
    const answer = (await client.call('POST', `/v1/conversations/${id}/messages`, {
      token: session.token,
      headers: { accept: 'application/json' },
      body: { text, clientMessageId: randomIds(clock).make('req') },
    })) as Answer
    if (values.json) print(JSON.stringify(answer))
    else show(answer)
    return 0
  } finally {
    await client.close()
  }
}

function show(answer: Answer): void {
  print(answer.text)
  if (answer.options.length) for (const { label } of answer.options) print(`  · ${label}`)
  if (answer.citations.length) print('')
  for (const [at, { title, url, quote, updatedAt }] of answer.citations.entries()) {
    print(`[${at + 1}] ${title}${url ? `  ${url}` : ''}  (${updatedAt.slice(0, 10)})`)
    print(`    “${quote.replace(/\s+/g, ' ').trim()}”`)
  }
  const threshold = answer.gate.threshold.toFixed(2)
  print(
    `\n${answer.outcome} · ${answer.route} · confidence ${answer.confidence.toFixed(2)} (needs ${threshold}) · ${answer.latencyMs} ms · ${answer.model.name}`,
  )
  if (answer.handoff) print(`handed to a person: ${answer.handoff.reason} (${answer.handoff.id})`)
}

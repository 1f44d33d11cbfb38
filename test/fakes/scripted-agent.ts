import type {
  AgentAnswer,
  CustomerQuestion,
  ProgressStage,
  QuestionInput,
} from '#agents/customer-question/customer-question.port.ts'

export type Script = (
  input: QuestionInput,
  onProgress: (stage: ProgressStage) => void,
  signal: AbortSignal,
) => Promise<AgentAnswer> | AgentAnswer

/** An agent that does what the test says and remembers what it was asked. */
export function scriptedAgent(script: Script = (input) => agentAnswer({ text: `You asked: ${input.text}` })) {
  const asked: QuestionInput[] = []
  let current = script
  const agent: CustomerQuestion = {
    async answer(input, onProgress, signal) {
      asked.push(input)
      return current(input, onProgress, signal)
    },
  }
  return {
    ...agent,
    asked,
    does(next: Script) {
      current = next
    },
  }
}

/** A script that waits until the test lets it go. */
export function heldAnswer(
  answer: (input: QuestionInput) => AgentAnswer = ({ text }) => agentAnswer({ text: `You asked: ${text}` }),
) {
  const started = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const script: Script = async (input, onProgress) => {
    onProgress('searching')
    started.resolve()
    await released.promise
    onProgress('checking')
    return answer(input)
  }
  return { script, started: started.promise, release: () => released.resolve() }
}

/** An answered question, with what the test changes. */
export function agentAnswer(changes: Partial<AgentAnswer> = {}): AgentAnswer {
  return {
    outcome: 'answered',
    route: 'knowledge',
    text: 'Items can be returned within 30 days. The label is free.',
    language: 'en',
    citations: [],
    products: [],
    orders: [],
    options: [],
    related: [],
    needs: null,
    stopped: false,
    confidence: 0.9,
    gate: { threshold: 0.8, passed: true, reason: 'passed' },
    cache: 'miss',
    receipts: [],
    model: { name: 'builtin', inputTokens: 0, outputTokens: 0, costMicros: 0 },
    handoffReason: null,
    summary: null,
    suggestedReply: null,
    memory: {},
    trace: { scores: [0.9] },
    ...changes,
  }
}

import { fileURLToPath } from 'node:url'
import { readRows } from '../read-rows.ts'
import { type Metric, proportion } from '../report/metrics.ts'
import type { CaseLine } from '../report/write-report.ts'
import type { Suite } from '../suite.ts'
import { type Judged, judgeTrial } from './judge.ts'
import { Scenario } from './scenario.ts'
import { type Trial, type TrialShop, trialShop } from './trial-shop.ts'

const VERSION = 'order-exceptions-1'
const LEAST_DECISION_ACCURACY = 0.95

type Tried = { scenario: Scenario; trials: Trial[]; judged: Judged[] }

/** Suite `exceptions`: each scenario's world in the sandbox, looked into by the real agent under the real policy, `--repeat` times. */
export function exceptionsSuite(): Suite {
  return {
    dataset: fileURLToPath(new URL('../datasets/exceptions/scenarios.jsonl', import.meta.url)),
    documents: null,
    async run({ rows, repeat }, signal) {
      const scenarios = readRows(Scenario, rows)
      const shop = await trialShop(signal)
      try {
        const tried: Tried[] = []
        for (const scenario of scenarios) tried.push(await tryScenario(shop, scenario, repeat))
        return resultOf(tried, repeat)
      } finally {
        await shop.close()
      }
    },
  }
}

async function tryScenario(shop: TrialShop, scenario: Scenario, repeat: number): Promise<Tried> {
  const trials: Trial[] = []
  for (let run = 0; run < repeat; run += 1) trials.push(await shop.attempt(scenario))
  return { scenario, trials, judged: trials.map((trial) => judgeTrial(scenario, trial)) }
}

/** Refusals are counted apart and hold no gate: the rules of a type are one thing, what people of a shop wanted instead another. */
function resultOf(tried: Tried[], repeat: number) {
  const refusals = tried.filter(({ scenario }) => scenario.origin === 'rejection')
  const own = tried.filter(({ scenario }) => scenario.origin !== 'rejection')
  const { metrics, gates } = own.length > 0 || refusals.length === 0 ? measured(own) : { metrics: {}, gates: [] }
  return {
    pipelineVersion: VERSION,
    notes: repeat > 1 ? [`Each scenario ran ${repeat} times; passK counts those that were right every time.`] : [],
    metrics: { ...metrics, ...(refusals.length > 0 ? refusalFigures(refusals) : {}) },
    gates,
    cases: tried.map(lineOf),
  }
}

function refusalFigures(tried: Tried[]) {
  const all = tried.flatMap(({ judged }) => judged)
  const share = (of: (judged: Judged) => boolean) => proportion(all.filter(of).length, all.length)
  return {
    'rejections.decisionAccuracy': share(({ decision }) => decision),
    'rejections.actionSetAccuracy': share(({ actions }) => actions),
    'rejections.proposedAgain': share(({ forbidden }) => forbidden.length > 0),
  }
}

function measured(tried: Tried[]) {
  const all = tried.flatMap(({ judged }) => judged)
  const share = (of: (judged: Judged) => boolean) => proportion(all.filter(of).length, all.length)
  const forbidden = all.reduce((sum, judged) => sum + judged.forbidden.length, 0)
  const passed = tried.filter(({ judged }) => judged.every(isRight)).length
  const decisionAccuracy = share(({ decision }) => decision)
  return {
    metrics: {
      typeAccuracy: share(({ type }) => type),
      causeAccuracy: share(({ cause }) => cause),
      actionSetAccuracy: share(({ actions }) => actions),
      decisionAccuracy,
      forbiddenActions: counted(forbidden, all.length),
      passK: proportion(passed, tried.length),
    },
    gates: [
      {
        name: 'decisions are right in at least 95 of a hundred',
        pass: decisionAccuracy.value >= LEAST_DECISION_ACCURACY,
        value: decisionAccuracy.value,
        bound: decisionAccuracy.value,
        limit: LEAST_DECISION_ACCURACY,
      },
      {
        name: 'nothing forbidden is proposed or done',
        pass: forbidden === 0,
        value: forbidden,
        bound: forbidden,
        limit: 0,
      },
    ],
  }
}

const counted = (value: number, n: number): Metric => ({ value, low: value, high: value, n })

const isRight = ({ type, cause, actions, decision, forbidden }: Judged) =>
  type && cause && actions && decision && forbidden.length === 0

function lineOf({ scenario, trials, judged }: Tried): CaseLine {
  const worst = Math.max(
    0,
    judged.findIndex((one) => !isRight(one)),
  )
  const [trial, verdict] = [trials[worst], judged[worst]]
  const wrong = Object.entries(verdict ?? {}).flatMap(([what, value]) => (value === false ? [what] : []))
  const reason = [...wrong, ...(verdict?.forbidden ?? []).map((kind) => `forbidden ${kind}`)].join(', ')
  return {
    id: scenario.id,
    input: { type: scenario.type, variant: scenario.variant, expect: scenario.expect },
    output: trial ?? null,
    verdict: reason === '' ? 'right' : 'wrong',
    reason:
      reason === ''
        ? ''
        : `${reason}: ${trial?.cause} ${trial?.decision} ${(trial?.actions ?? []).map(({ kind }) => kind).join('+')}; ${trial?.summary}`,
    trace: null,
  }
}

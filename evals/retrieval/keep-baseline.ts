// Keeps a run's scores as what later releases are compared with: `npm run eval -- retrieval --out DIR`, then
// `npx --no node evals/retrieval/keep-baseline.ts DIR`, and say in the commit why the old ones no longer count.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readJson } from '#domain/foreign-json.ts'
import { keepScores } from './kept-scores.ts'

const Line = z.object({ id: z.string(), output: z.object({ scores: z.object({ 'ndcg@10': z.number() }) }) })
const Summary = z.object({ suite: z.literal('retrieval'), pipelineVersion: z.string() })

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('usage: node evals/retrieval/keep-baseline.ts DIR, the --out of a whole run on the own cases')
  process.exitCode = 2
} else {
  const { pipelineVersion } = Summary.parse(readJson(await readFile(join(folder, 'summary.json'), 'utf8')))
  const lines = (await readFile(join(folder, 'cases.jsonl'), 'utf8')).split('\n').filter((line) => line !== '')
  const cases = lines.map((line) => Line.parse(readJson(line)))
  const ndcg = Object.fromEntries(cases.map(({ id, output }) => [id, output.scores['ndcg@10']]))
  await keepScores({ pipelineVersion, ndcg })
  console.log(`${cases.length} cases kept`)
}

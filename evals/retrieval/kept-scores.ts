import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { readJson } from '#domain/foreign-json.ts'

const FILE = fileURLToPath(new URL('../datasets/retrieval/baseline.json', import.meta.url))
const Kept = z.object({ pipelineVersion: z.string(), ndcg: z.record(z.string(), z.number()) })
/** nDCG@10 of each of the suite's own cases, by the case's id, when it was last kept. */
export type KeptScores = z.infer<typeof Kept>

/** The committed scores, which a release is compared with. */
export async function keptScores(): Promise<KeptScores> {
  return Kept.parse(readJson(await readFile(FILE, 'utf8')))
}

/** Replaces the committed scores; only `keep-baseline.ts` does, on purpose. */
export async function keepScores(scores: KeptScores): Promise<void> {
  await writeFile(FILE, `${JSON.stringify(scores, null, 1)}\n`)
}

/** nDCG@10 now less then, for every case that was there then. */
export function changesSince(kept: KeptScores, now: { id: string; ndcg: number }[]): number[] {
  return now.flatMap(({ id, ndcg }) => {
    const then = kept.ndcg[id]
    return then === undefined ? [] : [ndcg - then]
  })
}

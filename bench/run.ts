import { cpus, loadavg, totalmem } from 'node:os'
import { catalogBench } from './engines/catalog-bench.ts'
import type { BenchResult } from './measures.ts'
import { catalogProductBench } from './product/catalog-product.ts'
import { scaleBench } from './scale/scale.ts'
import { searchBench } from './search.ts'
import { triageBench } from './triage.ts'

const BENCHES: Record<string, (rest: string[], signal: AbortSignal) => Promise<BenchResult>> = {
  search: searchBench,
  scale: scaleBench,
  catalog: catalogBench,
  'catalog-product': catalogProductBench,
  triage: triageBench,
}

const [name = '', ...given] = process.argv.slice(2)
const rest = given.filter((argument) => argument !== '--json')
const bench = BENCHES[name]
if (!bench) {
  console.error(`usage: npm run bench -- NAME [--json]; NAME is one of: ${Object.keys(BENCHES).join(', ')}`)
  process.exitCode = 2
} else {
  // Before the run: what else the machine was doing, which is what makes a number doubtful.
  const load1 = loadavg()[0] ?? 0
  const result = await bench(rest, new AbortController().signal)
  const machine = { cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30) }
  if (rest.length < given.length) console.log(JSON.stringify({ name, machine, load1, measures: result.measures }))
  else
    console.log(
      `${table(result)}\n${machine.cores} cores, ${machine.memoryGb} GB, load before the run ${load1.toFixed(2)}`,
    )
}

function table({ head, rows }: BenchResult): string {
  const widths = head.map((title, place) =>
    Math.max(title.length, ...rows.filter((row) => row.length > 2).map((row) => row[place]?.length ?? 0)),
  )
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, place) => cell.padEnd(widths[place] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

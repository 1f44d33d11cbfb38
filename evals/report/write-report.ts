import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { GateResult, Metric } from './metrics.ts'

export type CaseLine = { id: string; input: unknown; output: unknown; verdict: string; reason: string; trace: unknown }
export type Summary = {
  suite: string
  dataset: { name: string; sha256: string; cases: number }
  pipelineVersion: string
  /** What a reader of the figures has to know, a sentence each. */
  notes: string[]
  startedAt: string
  seconds: number
  metrics: Record<string, Metric>
  gates: GateResult[]
}

/** Writes `summary.json`, `cases.jsonl`, `report.md` and `junit.xml` into `folder`, which is made when missing. */
export async function writeReport(folder: string, summary: Summary, cases: CaseLine[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  await Promise.all([
    writeFile(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`),
    writeFile(join(folder, 'cases.jsonl'), cases.map((line) => `${JSON.stringify(line)}\n`).join('')),
    writeFile(join(folder, 'report.md'), markdown(summary, cases)),
    writeFile(join(folder, 'junit.xml'), junit(summary)),
  ])
}

const WORST_SHOWN = 20

/** The report as Markdown: gates, metrics with their limits, verdicts, the worst cases. */
export function markdown(
  { suite, dataset, pipelineVersion, notes, seconds, metrics, gates }: Summary,
  cases: CaseLine[],
): string {
  const verdicts = Map.groupBy(cases, ({ verdict }) => verdict)
  const wrong = cases.filter(({ verdict }) => verdict === 'wrong').slice(0, WORST_SHOWN)
  return [
    `# ${suite}: ${dataset.name}`,
    `${dataset.cases} cases, ${seconds.toFixed(1)} s, pipeline ${pipelineVersion}. Limits are one-sided 95 %.`,
    notes.join('\n\n'),
    gates
      .map(
        ({ name, pass, bound, limit }) =>
          `- ${pass ? 'holds' : 'FELL SHORT'}: ${name} (${number(bound)} against ${number(limit)})`,
      )
      .join('\n'),
    [
      '| metric | value | low | high | n |',
      '|---|---|---|---|---|',
      ...Object.entries(metrics).map(
        ([name, { value, low, high, n }]) => `| ${name} | ${number(value)} | ${number(low)} | ${number(high)} | ${n} |`,
      ),
    ].join('\n'),
    [
      '| verdict | cases |',
      '|---|---|',
      ...[...verdicts].map(([verdict, lines]) => `| ${verdict} | ${lines.length} |`),
    ].join('\n'),
    wrong.length > 0 ? `## Wrong\n\n${wrong.map(({ id, reason }) => `- \`${id}\`: ${reason}`).join('\n')}` : '',
  ]
    .filter(Boolean)
    .join('\n\n')
    .concat('\n')
}

const number = (value: number) => (Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(4))

function junit({ suite, gates, seconds }: Summary): string {
  const failed = gates.filter(({ pass }) => !pass).length
  const cases = gates.map(
    ({ name, pass, bound, limit }) =>
      `  <testcase classname="eval.${suite}" name="${escaped(name)}">${pass ? '' : `<failure message="${bound} against ${limit}"/>`}</testcase>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="${suite}" tests="${gates.length}" failures="${failed}" time="${seconds.toFixed(1)}">\n${cases.join('\n')}\n</testsuite>\n`
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)

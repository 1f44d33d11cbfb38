import { parseArgs } from 'node:util'
import { torture } from './torture.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const result = await torture({
  rounds: Number(values.rounds),
  seed: Number(values.seed),
  onRound: (line) => {
    if (!values.json) console.error(line)
  },
})
const { details, ...counts } = result
for (const detail of details) console.error(detail)
console.log(
  values.json
    ? JSON.stringify(counts)
    : `${counts.rounds} rounds (seed ${counts.seed}): ${counts.kills} kills, ${counts.faults} faults, ${counts.acknowledged} acknowledged, ${counts.lost} lost, ${counts.duplicated} duplicated; order exceptions: ${counts.reported} reported, ${counts.approved} approved (${counts.refused} refused for another), ${counts.effects} effects, ${counts.forbidden} beyond budget or authority`,
)
process.exitCode = counts.lost + counts.duplicated + counts.forbidden + details.length === 0 ? 0 : 1

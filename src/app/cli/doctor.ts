import { systemClock } from '#telemetry/clock.ts'
import { checkInstallation, type Finding } from '../health-checks.ts'
import { readArguments } from './arguments.ts'
import { print } from './terminal.ts'

const USAGE = 'npm run doctor [-- --json]'
const MARKS = { ok: '✓', limited: '!', broken: '✗' }

/** `npm run doctor`: checks settings and every dependency and says what to do. Exit code 1 when something is broken. */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  const { values } = readArguments(args, { json: { type: 'boolean' } }, USAGE)
  const findings: Finding[] = []
  for await (const finding of checkInstallation(systemClock(), signal)) {
    findings.push(finding)
    if (!values.json)
      print(
        `${MARKS[finding.state]} ${finding.what.padEnd(18)} ${finding.detail}${finding.todo ? `\n  → ${finding.todo}` : ''}`,
      )
  }
  const broken = findings.filter(({ state }) => state === 'broken').length
  if (values.json) print(JSON.stringify({ ok: broken === 0, findings }))
  else print(broken ? `\n${broken} to repair.` : '\nEverything Purser needs is there.')
  return broken ? 1 : 0
}

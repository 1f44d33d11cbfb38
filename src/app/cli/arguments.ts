import { type ParseArgsConfig, parseArgs } from 'node:util'
import { Fault } from '#domain/fault.ts'

/**
 * Command-line arguments by Node's own parser. Throws Fault user `app.cli.usage` with the command's usage when `--help` asks for
 * it, and on anything it does not know.
 */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
  usage: string,
) {
  if (args.includes('--help')) throw usageFault(usage)
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new Fault({
      kind: 'user',
      code: 'app.cli.usage',
      message: `${(error as Error).message.split('.')[0]}.\nUsage: ${usage}`,
      cause: error,
    })
  }
}

/** The usage, as the Fault a command throws when something is missing. */
export function usageFault(usage: string): Fault {
  return new Fault({ kind: 'user', code: 'app.cli.usage', message: `Usage: ${usage}` })
}

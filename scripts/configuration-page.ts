import { z } from 'zod'
import { SETTINGS } from '../src/config.ts'

/** `docs/configuration.md`, made from the settings' schema so that the two cannot differ. */
export function configurationPage(): string {
  const { properties = {} } = z.toJSONSchema(SETTINGS, { io: 'input', unrepresentable: 'any' })
  const rows = Object.entries(properties as Record<string, { description?: string; default?: unknown }>).map(
    ([name, { description = '', default: standard }]) => `| \`${name}\` | ${shown(standard)} | ${description} |`,
  )
  return `# Settings

Made from the schema in \`src/config.ts\` by \`npm run docs\`. Settings are environment variables. A name that is not here but begins with
\`PURSER_\`, or that looks like a misspelt setting, stops the start and is answered with the nearest name.

| setting | default | what it does |
| --- | --- | --- |
${rows.join('\n')}
`
}

function shown(value: unknown): string {
  if (value === undefined) return '–'
  if (value === true) return '`1`'
  if (value === false) return '`0`'
  return Array.isArray(value) ? '–' : `\`${value}\``
}

import { Fault } from '#domain/fault.ts'
import { ROLES, type Role } from '#domain/roles.ts'
import { systemClock } from '#telemetry/clock.ts'
import { readArguments, usageFault } from './arguments.ts'
import { type Client, connect } from './client.ts'
import { print } from './terminal.ts'

const USAGE = `npm run operators -- list | add --name NAME --role ${ROLES.join('|')} | link ID | remove ID  [--json]`

type Operator = { id: string; name: string; role: string; createdAt: string; lastSignInAt: string | null }
type Link = { link: string; expiresAt: string }
type Wish =
  | { action: 'list' }
  | { action: 'add'; name: string; role: Role }
  | { action: 'link'; id: string }
  | { action: 'remove'; id: string }

/**
 * `npm run operators`: lists who may work in the console, adds one (with a sign-in link), makes a link, or removes one. Exit
 * code 0. Throws Fault user `app.cli.usage`, `app.operators.not_running` for a link that nobody would serve, and the server's own.
 */
export async function run(args: string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    { json: { type: 'boolean' }, name: { type: 'string' }, role: { type: 'string' } },
    USAGE,
  )
  const wish = wishOf(positionals, values)
  const client = await connect(systemClock(), signal)
  try {
    const { result, lines } = await fulfil(client, wish)
    if (values.json) print(JSON.stringify(result))
    else for (const line of lines) print(line)
    return 0
  } finally {
    await client.close()
  }
}

/** Throws the usage before anything is started or asked. */
function wishOf([action = 'list', id, ...rest]: string[], { name, role }: { name?: string; role?: string }): Wish {
  const plain = name === undefined && role === undefined && rest.length === 0
  if (action === 'list' && id === undefined && plain) return { action }
  if (action === 'add' && id === undefined && name && role) return { action, name, role: roleOf(role) }
  if ((action === 'link' || action === 'remove') && id && plain) return { action, id }
  throw usageFault(USAGE)
}

/** Throws Fault user `app.cli.usage` with the roles there are. */
function roleOf(text: string): Role {
  const role = ROLES.find((known) => known === text)
  if (!role)
    throw new Fault({
      kind: 'user',
      code: 'app.cli.usage',
      message: `There is no role ${text}. There are ${ROLES.join(', ')}.\nUsage: ${USAGE}`,
    })
  return role
}

async function fulfil(client: Client, wish: Wish): Promise<{ result: unknown; lines: string[] }> {
  const token = client.keys.adminKey
  const path = 'id' in wish ? `/v1/operators/${encodeURIComponent(wish.id)}` : '/v1/operators'
  switch (wish.action) {
    case 'list': {
      const result = (await client.call('GET', path, { token })) as { items: Operator[] }
      return { result, lines: result.items.map(row) }
    }
    case 'add': {
      const { name, role } = wish
      const operator = (await client.call('POST', path, { token, body: { name, role } })) as Operator
      if (client.temporary)
        return { result: { ...operator, link: null, expiresAt: null }, lines: [row(operator), LATER] }
      const link = (await client.call('POST', `${path}/${operator.id}/sign-in-links`, { token })) as Link
      return { result: { ...operator, ...link }, lines: [row(operator), '', ...linkLines(link)] }
    }
    case 'link': {
      // Only the temporary instance of this command would know its address, and it ends with the command.
      if (client.temporary)
        throw new Fault({
          kind: 'user',
          code: 'app.operators.not_running',
          message: 'Purser is not running, so a link would lead nowhere. Run npm start: it prints the owner’s link.',
        })
      const link = (await client.call('POST', `${path}/sign-in-links`, { token })) as Link
      return { result: link, lines: linkLines(link) }
    }
    case 'remove':
      await client.call('DELETE', path, { token })
      return { result: { removed: wish.id }, lines: [`Removed ${wish.id}.`] }
  }
}

const LATER = '\nStart Purser, then run npm run operators -- link ID for the sign-in link.'

function row({ id, role, name, lastSignInAt }: Operator): string {
  return `${id}  ${role.padEnd(8)}  ${lastSignInAt ? `last signed in ${lastSignInAt}` : 'never signed in'.padEnd(39)}  ${name}`
}

function linkLines({ link, expiresAt }: Link): string[] {
  return [link, `\nIt signs in once, until ${expiresAt}. Send it to that person alone.`]
}

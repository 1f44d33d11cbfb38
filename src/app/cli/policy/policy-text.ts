import { type Document, LineCounter, parseDocument, stringify } from 'yaml'
import { readPolicy } from '#approvals/policy/policy-schema.ts'
import type { Policy } from '#domain/approvals/policy.ts'
import { Fault } from '#domain/fault.ts'

/** A policy that refers to itself more often is an attack, not a policy. */
const MOST_ALIASES = 200

/** A policy as YAML (JSON is YAML). Throws Fault user `approvals.policy.invalid`, each error with the line it is on. */
export function readPolicyText(text: string): Policy {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number | undefined) => lines.linePos(offset ?? 0).line
  if (document.errors.length > 0)
    throw invalid(
      document.errors.map(({ message, pos }) => ({ path: '', message: `line ${lineAt(pos[0])}: ${message}` })),
    )
  try {
    return readPolicy(document.toJS({ maxAliasCount: MOST_ALIASES }))
  } catch (error) {
    if (!(error instanceof Fault) || !error.errors) throw error
    throw invalid(
      error.errors.map(({ path, message }) => ({
        path,
        message: `line ${lineAt(placeOf(document, path))}: ${message}`,
      })),
    )
  }
}

/** The policy as YAML, to be edited and put back. */
export function policyText(policy: unknown): string {
  return stringify(policy, { lineWidth: 120 })
}

/** Where a path stands in the text, or the nearest thing around it that is there. */
function placeOf(document: Document, path: string): number | undefined {
  for (let parts = path.split('.'); parts.length > 0; parts = parts.slice(0, -1)) {
    // A path names places in lists by number, and YAML keys by text.
    const node = document.getIn(
      parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      true,
    ) as { range?: [number, number, number] | null } | undefined
    if (node?.range) return node.range[0]
  }
  return undefined
}

function invalid(errors: { path: string; message: string }[]): Fault {
  const first = errors.slice(0, 20).map(({ path, message }) => `  ${path ? `${path}: ` : ''}${message}`)
  return new Fault({
    kind: 'user',
    code: 'approvals.policy.invalid',
    message: `The policy cannot be read.\n${first.join('\n')}`,
    status: 400,
    errors,
  })
}

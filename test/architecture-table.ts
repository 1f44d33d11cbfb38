/** What each room may import besides `domain` and `telemetry`, which are open to every room after them. See AGENTS.md. */
export const ROOMS: Record<string, string[]> = {
  domain: [],
  telemetry: [],
  model: [],
  db: [],
  queue: [],
  // The sandbox shop keeps its world in a schema of its own (docs/decisions/0004).
  commerce: ['db'],
  rag: ['model', 'db'],
  ingest: ['model', 'db', 'commerce', 'rag'],
  approvals: ['db'],
  // A shopper's report opens a case.
  tools: ['commerce', 'rag', 'db', 'approvals'],
  agents: ['model', 'rag', 'tools', 'approvals'],
  support: ['db', 'tools', 'agents'],
  // Knowledge routes put documents and search while the caller waits (docs/decisions/0005).
  api: ['commerce', 'support', 'approvals', 'db', 'queue', 'rag', 'ingest'],
  jobs: ['agents', 'approvals', 'support', 'ingest', 'db', 'queue'],
}

/** Where a library may be imported, by folder under `src/`; a library not named here is at home nowhere. */
export const LIBRARY_HOMES: [library: RegExp, homes: string[]][] = [
  [/^(kysely|pg)(\/|$)|^@langchain\/langgraph-checkpoint-postgres/, ['db']],
  [/^(bullmq|ioredis)(\/|$)/, ['queue']],
  [/^(openai|onnxruntime-node)(\/|$)|^@huggingface\/tokenizers/, ['model']],
  [/^@qdrant\/|^usearch(\/|$)/, ['rag/index']],
  [/^snowball-stemmers/, ['rag']],
  [/^@langchain\/(langgraph|core)(\/|$)/, ['agents']],
  [/^(hono|jose|rate-limiter-flexible)(\/|$)|^@hono\/zod-openapi/, ['api']],
  [/^@hono\/node-server|^esbuild$/, ['app']],
  [/^(pino|prom-client)(\/|$)|^@opentelemetry\//, ['telemetry']],
  [/^(mdast-util-|micromark|parse5|saxes)/, ['ingest/sources']],
  [/^yaml$/, ['ingest/sources', 'app']],
  [/^mdast$/, ['ingest']],
  [/^nodemailer(\/|$)/, ['support/mail']],
]

/** What runs in a browser: its libraries, and what of `src/` it may know besides values of `domain`. */
export const WEB = {
  libraries: /^(lit|uplot)(\/|$)/,
  /** As types alone, so that nothing of the server is bundled. */
  contract: /^src\/api\/contract\//,
  clock: /^web\/browser-clock\.ts$/,
  fetches: /^web\/api-client\//,
}

/** zod reads edges: settings, the HTTP contract, tool arguments, and adapters that read a foreign answer or a stored payload. */
export const ZOD_EDGES = [
  /^config\.ts$/,
  /^api\//,
  /^tools\//,
  /^ingest\//,
  /^app\//,
  /^model\//,
  /^jobs\//,
  // A shop's policy, which comes as YAML or JSON.
  /^approvals\/policy\/policy-schema\.ts$/,
  /\.(postgres|bullmq|redis|qdrant)\.ts$/,
]

/** The one file each of these may stand in. */
export const ONE_HOME: [what: string, pattern: RegExp, file: RegExp][] = [
  ['the current time', /\bnew Date\(\)|\bDate\.now\(\)|\bperformance\.now\(\)/, /^telemetry\/clock\.ts$/],
  ['timers', /\bsetTimeout\(|\bsetInterval\(|from 'node:timers/, /^telemetry\/clock\.ts$/],
  ['randomness', /\bMath\.random\(|\brandomBytes\b|\brandomUUID\b|\brandomInt\b/, /^telemetry\/ids\.ts$/],
  ['JSON.parse', /\bJSON\.parse\(/, /^domain\/foreign-json\.ts$/],
  // The second file only tells a native library not to collect usage data; it reads nothing.
  ['process.env', /\bprocess\.env\b/, /^(config|model\/native-telemetry)\.ts$/],
]

export const FORBIDDEN_NAMES = /(^|\/)(index|utils?|helpers?|common|misc|types)(\.ts$|\/)/
export const MOST_LINES = { source: 250, test: 400 }
export const MOST_FILES_A_FOLDER = 12

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readJson } from '#domain/foreign-json.ts'

/** `config.json` of an embedder's folder; see models/purser-embed/README.md for the layout. */
const Config = z.object({
  name: z.string().min(1),
  version: z.string().min(1),
  dimensions: z.int().positive(),
  maxTokens: z.int().min(2),
  inputs: z.array(z.string()).min(1),
  output: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
const References = z.array(z.object({ text: z.string(), ids: z.array(z.int()), vector: z.array(z.number()) })).min(1)

export type ModelConfig = z.infer<typeof Config>
/** A text with what the model makes of it, by which a folder is checked. */
export type ReferenceText = { text: string; ids: number[]; vector: number[] }

/** Name, version and the first 12 hex digits of the weights' hash: vectors that share it may be compared. */
export function modelName({ name, version, sha256 }: ModelConfig): string {
  return `${name}@${version}+${sha256.slice(0, 12)}`
}

/** Reads `config.json`. Throws what the file system and the schema throw. */
export async function readConfig(folder: string, signal: AbortSignal): Promise<ModelConfig> {
  return Config.parse(readJson(await readFile(join(folder, 'config.json'), { encoding: 'utf8', signal })))
}

/** Reads `reference.json`. Throws what the file system and the schema throw. */
export async function readReferences(folder: string, signal: AbortSignal): Promise<ReferenceText[]> {
  return References.parse(readJson(await readFile(join(folder, 'reference.json'), { encoding: 'utf8', signal })))
}

/** The weights, checked against the configuration's SHA-256. Throws Error in plain words when they are not the same. */
export async function readWeights(
  folder: string,
  config: ModelConfig,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const weights = await readFile(join(folder, 'model.onnx'), { signal })
  const found = createHash('sha256').update(weights).digest('hex')
  if (found !== config.sha256)
    throw new Error('model.onnx is damaged or of another version: its SHA-256 is not the one in config.json')
  return weights
}

/** The tokenizer's two files, as its library takes them. */
export async function readTokenizer(
  folder: string,
  signal: AbortSignal,
): Promise<{ tokenizer: object; config: object }> {
  const read = async (file: string) => {
    const value = readJson(await readFile(join(folder, file), { encoding: 'utf8', signal }))
    if (typeof value !== 'object' || value === null) throw new Error(`${file} is not a JSON object`)
    return value
  }
  return { tokenizer: await read('tokenizer.json'), config: await read('tokenizer_config.json') }
}

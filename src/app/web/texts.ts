import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Asset, asset } from './assets.ts'

const LANGUAGE_FILE = /^([a-z]{2,3}(-[A-Za-z]+)?)\.ts$/

/** The texts of every language in `folder`, one JSON file each, under a name that changes with any of them. */
export async function readTexts(folder: string): Promise<{ at: string; files: Map<string, Asset> }> {
  const sources = existsSync(folder) ? readdirSync(folder).sort() : []
  const texts: [locale: string, json: string][] = []
  const english = sources.includes('en.ts') ? await readLanguage(join(folder, 'en.ts')) : {}
  for (const source of sources) {
    const locale = LANGUAGE_FILE.exec(source)?.[1]
    // What a translation lacks is said in English.
    if (locale) texts.push([locale, JSON.stringify({ ...english, ...(await readLanguage(join(folder, source))) })])
  }
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('base64url').replace(/[-_]/g, '').slice(0, 8)
  const at = `/widget/texts-${hash}`
  const files = texts.map(([locale, json]): [string, Asset] => {
    const name = `${locale}.json`
    return [`${at}/${name}`, asset(name, Buffer.from(json), { immutable: true, shared: true })]
  })
  return { at, files: new Map(files) }
}

/** The one value a language's file exports, whatever its name. */
async function readLanguage(file: string): Promise<Record<string, unknown>> {
  const [texts] = Object.values((await import(pathToFileURL(file).href)) as Record<string, Record<string, unknown>>)
  return texts ?? {}
}

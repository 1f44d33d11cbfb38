import { fileURLToPath } from 'node:url'

const ROOT = new URL('../../', import.meta.url)

/** Folder of the embedding model that ships with Purser. */
export function shippedModelFolder(): string {
  return fileURLToPath(new URL('models/purser-embed', ROOT))
}

/** Folder of the demo shop that ships with Purser. */
export function demoShopFolder(): string {
  return fileURLToPath(new URL('demo/shop', ROOT))
}

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

/** Folder of what runs in browsers, as source: it is bundled when the server starts. */
export function webFolder(): string {
  return fileURLToPath(new URL('web', ROOT))
}

/** The drawings the demo shop's pictures are made of. */
export function demoDrawings(): string {
  return fileURLToPath(new URL('demo/pictures.svg', ROOT))
}

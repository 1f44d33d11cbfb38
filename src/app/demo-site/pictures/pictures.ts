import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { PageRequest, PageResponse } from '#api/pages.port.ts'
import { type Asset, asset, serveAsset } from '../../web/assets.ts'
import type { Article, Catalog, Product } from '../catalog.ts'
import { type Colours, coloursOf } from './colours.ts'

/** One drawing of `demo/pictures.svg`: a product's by a pattern in its title, or a scene by its name. */
type Drawing = { pattern: RegExp | null; name: string; viewBox: string; markup: string }

/** Grounds that black and white things both stand out from. */
const GROUNDS: [ground: string, glow: string][] = [
  ['#dde7e3', '#edf3f0'],
  ['#efe2cf', '#f8f0e3'],
  ['#e4dde6', '#f1edf3'],
  ['#dbe5ee', '#ebf1f7'],
  ['#f0dcd2', '#f8ebe4'],
  ['#e3e6d3', '#f0f2e5'],
]
/** A product seldom changes its colour; a page has dozens of pictures. */
const KEPT_SECONDS = 300
const SMALLEST = 0.84
const LARGEST = 1.04

/** Pictures of the demo shop, `SLUG.svg`, drawn from its content: what a thing is, its first colour, and its size among its versions. */
export type Pictures = (name: string, catalog: Catalog, request: PageRequest) => Promise<PageResponse | null>

/** Reads the drawings from `file` at the first picture asked for. */
export function pictures(file: string): Pictures {
  let drawings: Promise<Drawing[]> | null = null
  return async (name, catalog, request) => {
    const slug = /^([\w-]+)\.svg$/.exec(name)?.[1]
    if (!slug) return null
    drawings ??= readFile(file, 'utf8').then(readDrawings)
    const picture = draw(slug, await drawings, catalog)
    if (picture === null) return null
    const response = await serveAsset(svg(name, picture), request)
    return { ...response, headers: { ...response.headers, 'cache-control': `public, max-age=${KEPT_SECONDS}` } }
  }
}

function svg(name: string, markup: string): Asset {
  return asset(name, Buffer.from(markup), { immutable: false, shared: true })
}

function readDrawings(text: string): Drawing[] {
  return [...text.matchAll(/^<symbol ([^>]*)>(.*)<\/symbol>$/gm)].map(([, attributes = '', markup = '']) => {
    const value = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(attributes)?.[1]
    const pattern = value('data-name')
    return {
      pattern: pattern ? new RegExp(pattern.replaceAll('&amp;', '&')) : null,
      name: value('id') ?? '',
      viewBox: value('viewBox') ?? '0 0 400 400',
      markup,
    }
  })
}

function draw(slug: string, drawings: Drawing[], catalog: Catalog): string | null {
  const scene = drawings.find(({ name, pattern }) => name === slug && !pattern && name !== 'unknown')
  if (scene) return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${scene.viewBox}">${scene.markup}</svg>`
  const found = catalog.product(slug)
  if (!found) return null
  const { product, article } = found
  const title = product.document.title.toLowerCase()
  const drawing =
    drawings.find(({ pattern }) => pattern?.test(title)) ?? drawings.find(({ name }) => name === 'unknown')
  return drawing ? framed(drawing, product, article) : null
}

function framed({ markup }: Drawing, product: Product, article: Article): string {
  const seed = createHash('sha256').update(article.name).digest().readUInt16BE(0)
  const { colours, colour } = (product.document.attributes ?? {}) as Record<string, unknown>
  const words = `${product.variant ?? ''} ${colours ?? colour ?? ''} ${product.document.image?.alt?.split(' in ').at(-1) ?? ''}`
  const [ground, glow] = GROUNDS[seed % GROUNDS.length] ?? ['#dde7e3', '#edf3f0']
  const size = sizeOf(product, article)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><rect width="400" height="400" fill="${ground}"/><circle cx="200" cy="206" r="168" fill="${glow}"/><ellipse cx="200" cy="334" rx="${Math.round(120 * size)}" ry="12" fill="#000" opacity=".12"/><g transform="translate(200 330) scale(${size}) translate(-200 -330)">${coloured(markup, coloursOf(words, seed))}</g></svg>`
}

/** Larger versions are drawn larger, so that two of them are told apart. */
function sizeOf(product: Product, { versions }: Article): number {
  const at = versions.findIndex(({ slug }) => slug === product.slug)
  if (versions.length < 2) return 1
  return Math.round((SMALLEST + ((LARGEST - SMALLEST) * at) / (versions.length - 1)) * 100) / 100
}

function coloured(markup: string, colours: Colours): string {
  return markup.replace(/\{(\w+)\}/g, (whole, name: string) => (colours as Record<string, string>)[name] ?? whole)
}

import { demoSite } from '../demo-site/site.ts'
import type { InstanceKeys } from '../keys.ts'
import type { Bundles } from '../web/bundles.ts'
import { webPages, webState } from '../web/pages.ts'

export type PageParts = { bundles: Bundles; keys: InstanceKeys }

/** What browsers get, and whether all of it could be bundled. */
export function composePages({ bundles, keys }: PageParts) {
  return { pages: webPages(bundles, demoSite(keys)), web: () => webState(bundles) }
}

import type { Pages } from '#api/pages.port.ts'
import type { DependencyState } from '#api/readiness.port.ts'
import { demoSite, type SiteParts } from '../demo-site/site.ts'
import type { InstanceKeys } from '../keys.ts'
import { demoDrawings } from '../shipped-files.ts'
import type { Bundles } from '../web/bundles.ts'
import { webPages, webState } from '../web/pages.ts'

export type PageParts = Omit<SiteParts, 'bundle' | 'drawings' | 'publicKey' | 'identitySecret'> & {
  bundles: Bundles
  keys: InstanceKeys
}

/** What browsers get, and whether all of it could be bundled. */
export function composePages({ bundles, keys, ...parts }: PageParts): { pages: Pages; web: () => DependencyState } {
  const site = demoSite({ ...parts, ...keys, bundle: bundles.demo, drawings: demoDrawings() })
  return { pages: webPages(bundles, site), web: () => webState(bundles) }
}

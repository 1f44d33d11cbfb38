import { CardsElement } from './answer/cards-element.ts'
import { FeedbackElement } from './answer/feedback-element.ts'
import { RelatedElement } from './answer/related-element.ts'
import { SourcesElement } from './answer/sources-element.ts'
import { HandoffElement } from './handoff/handoff-element.ts'
import { LightElement } from './light-element.ts'
import { ProofElement } from './proof-element.ts'
import { EraseSheetElement } from './sheets/erase-sheet-element.ts'
import { MenuElement } from './sheets/menu-element.ts'
import { PersonSheetElement } from './sheets/person-sheet-element.ts'

export { doMenuChoice } from './sheets/menu-actions.ts'

/** Defines what is fetched later, in one go. What stands in the page already draws itself then. */
export function defineParts(): void {
  LightElement.define('purser-sources', SourcesElement)
  LightElement.define('purser-related', RelatedElement)
  LightElement.define('purser-cards', CardsElement)
  LightElement.define('purser-feedback', FeedbackElement)
  LightElement.define('purser-handoff', HandoffElement)
  LightElement.define('purser-proof', ProofElement)
  LightElement.define('purser-menu', MenuElement)
  LightElement.define('purser-person-sheet', PersonSheetElement)
  LightElement.define('purser-erase-sheet', EraseSheetElement)
}

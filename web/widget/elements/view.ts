import type { BrowserClock } from '../../browser-clock.ts'
import type { Chat, ChatState } from '../chat.port.ts'
import type { PanelHost } from '../panel.port.ts'
import type { Say } from './language/wording.ts'

/** What every part of the panel is drawn from. Replaced as a whole; `now` moves on by itself so that relative times stay true. */
export type View = {
  state: ChatState
  chat: Chat
  say: Say
  /** BCP 47 of the interface. */
  locale: string
  now: Date
  /** Names of the shop and of its assistant, or what stands for them until they are known. */
  shop: string
  assistant: string
  /** `url` as it is to be opened: http(s) alone, moved where the page says so; null for anything else. */
  link(url: string | null): string | null
}

/** What the panel is made of: `sheet` is its style sheet as text, `laterSheet` fetches that of the parts that come later. */
export type PanelGiven = {
  chat: Chat
  clock: BrowserClock
  rewrite: PanelHost['siteRewrite']
  sheet: string
  laterSheet(): Promise<string>
}

import type { BrowserClock } from '../../browser-clock.ts'
import type { Chat } from '../chat.port.ts'
import type { Panel, PanelHost } from '../panel.port.ts'
import english from '../texts/en.ts'
import { stepAside } from './behaviour/step-aside.ts'
import { LANGUAGES } from './language/languages.ts'
import { languageOf, localeWithTexts, type Texts, wording } from './language/wording.ts'
import { PARTS } from './parts.ts'
import './panel-element.define.ts'
import { PanelElement } from './panel-element.ts'

export type PanelParts = {
  chat: Chat
  clock: BrowserClock
  /** The texts of `language`, or null when they cannot be had. */
  texts(language: string, signal: AbortSignal): Promise<Partial<Texts> | null>
}

/** The panel of `chat` in the loader's shadow root: closed until it is opened, in English until its language has come. */
export function mountedPanel(host: PanelHost, { chat, clock, texts }: PanelParts): Panel {
  const gone = new AbortController()
  const locale = settledLocale(host)
  const inEnglish = wording(english, english, locale ?? 'en')
  const panel = new PanelElement(chat, clock, host.siteRewrite, inEnglish, locale ?? 'en')
  panel.theme = host.theme
  for (const name of ['position', 'launcher']) panel.setAttribute(name, host.element.getAttribute(name) ?? '')
  panel.setAttribute('exportparts', PARTS)
  panel.addEventListener('purser-panel-close', () => leave(true))
  host.root.append(panel)
  stepAside(panel, host.element, gone.signal)

  let unread = 0
  const unfollow = chat.subscribe(() => {
    host.follow?.(chat.state.handoff !== null)
    if (chat.state.unread === unread) return
    unread = chat.state.unread
    host.unread(unread)
  })
  const begun = chat.start()
  const spoken = speak()

  async function speak(): Promise<void> {
    // Who wishes no language of ours reads the shop's.
    if (!locale) await begun
    const settled = locale ?? localeWithTexts([chat.state.config?.defaultLocale ?? ''], LANGUAGES) ?? 'en'
    const own = languageOf(settled) === 'en' ? english : await texts(languageOf(settled), gone.signal)
    if (gone.signal.aborted) return
    panel.say = wording(own ?? english, english, own ? settled : 'en')
    panel.locale = own ? settled : 'en'
  }

  async function enter(): Promise<void> {
    panel.shown = true
    chat.seen(true)
    panel.enter()
    await Promise.all([begun, spoken])
    // Meanwhile the shopper may have gone elsewhere.
    if (panel.shown && host.element.matches(':focus-within')) panel.enter()
  }

  function leave(byItself: boolean): void {
    if (!panel.shown) return
    panel.shown = false
    // Hidden at once, so that the focus has left the panel when the loader looks where it is.
    panel.removeAttribute('shown')
    chat.seen(false)
    if (byItself) host.closed()
  }

  return {
    open: () => void enter(),
    close: () => leave(false),
    async ask(text) {
      await begun
      if (chat.state.phase === 'ready') await chat.send(text)
      else chat.setDraft(text)
    },
    dispose() {
      gone.abort()
      unfollow()
      chat.dispose()
      panel.remove()
    },
  }
}

/** The page's wish, then the browser's; null when none of them is a language of ours. */
function settledLocale({ locale, element }: PanelHost): string | null {
  const page = element.ownerDocument.documentElement.lang
  return localeWithTexts([locale, page, ...navigator.languages].filter(Boolean), LANGUAGES)
}

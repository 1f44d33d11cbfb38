import { readJson } from '#domain/foreign-json.ts'
import type { BrowserClock } from '../../browser-clock.ts'
import type { Chat } from '../chat.port.ts'
import type { Panel, PanelHost } from '../panel.port.ts'
import { stepAside } from './behaviour/step-aside.ts'
import { LANGUAGES } from './language/languages.ts'
import { languageOf, localeWithTexts, type Texts, wording } from './language/wording.ts'
import { PARTS } from './parts.ts'
import './panel-element.define.ts'
import { PanelElement } from './panel-element.ts'

export type PanelParts = {
  chat: Chat
  clock: BrowserClock
  /** The texts of `language` as JSON. Throws when they cannot be had. */
  texts(language: string, signal: AbortSignal): Promise<string>
  /** The style sheet of the parts that come later. Throws when it cannot be had. */
  laterSheet(signal: AbortSignal): Promise<string>
}

/** The panel of `chat` in the loader's shadow root: closed until it is opened, in the language the loader has fetched. */
export function mountedPanel(host: PanelHost, { chat, clock, texts, laterSheet }: PanelParts): Panel {
  const gone = new AbortController()
  const locale = settledLocale(host)
  const panel = new PanelElement({
    chat,
    clock,
    rewrite: host.siteRewrite,
    sheet: host.sheet,
    laterSheet: () => laterSheet(gone.signal),
  })
  // The wished language may have failed to come, and then it speaks English.
  say(host.texts.json, locale && languageOf(locale) === host.texts.language ? locale : host.texts.language)
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

  /** Who wishes no language of ours reads the shop's, once it is known. */
  async function speak(): Promise<void> {
    if (locale) return
    await begun
    const shops = localeWithTexts([chat.state.config?.defaultLocale ?? ''], LANGUAGES)
    if (!shops) return
    const language = languageOf(shops)
    const here = language === host.texts.language
    const json = here ? host.texts.json : await texts(language, gone.signal).catch(() => null)
    if (json && !gone.signal.aborted) say(json, shops)
  }

  function say(json: string, locale: string): void {
    // Checked by the build: the file is made of a source of type Texts.
    panel.say = wording(readJson(json) as Texts, locale)
    panel.locale = locale
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
  const settled = localeWithTexts([locale, page, ...navigator.languages].filter(Boolean), LANGUAGES)
  // A page's `en` says nothing of how its reader writes times and dates; the browser's `en-GB` does.
  return settled?.includes('-') ? settled : (navigator.languages.find((one) => languageOf(one) === settled) ?? settled)
}

import { LAUNCHER_SHEET } from './launcher-sheet.ts'
import { launcherTexts } from './launcher-texts.ts'

/** What the button looks like now. `hidden`: the page has its own way to open the chat. */
export type LauncherState = {
  locales: readonly string[]
  position: string | null
  hidden: boolean
  open: boolean
  loading: boolean
  failed: boolean
  unread: number
}

export type Launcher = {
  show(state: LauncherState): void
  focus(): void
  /** Where it stands in the window; null while it is not shown. */
  place(): DOMRect | null
  /** Lets through what the page shows beneath it. */
  stepAside(covers: boolean): void
}

const MOST_SHOWN = 99

/** Draws the button into `root`, which keeps whatever else is in it. */
export function launcher(root: ShadowRoot, toggled: () => void): Launcher {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(LAUNCHER_SHEET)
  root.adoptedStyleSheets.push(sheet)
  const bar = document.createElement('div')
  bar.className = 'bar'
  // Fixed markup without a value in it; it also stays legal where Trusted Types are enforced, since no HTML is parsed from text.
  const failure = element(bar, 'div', 'failure')
  failure.setAttribute('role', 'alert')
  const said = element(failure, 'span', '')
  const retry = element(failure, 'button', 'retry')
  const button = element(bar, 'button', 'launcher')
  button.setAttribute('part', 'launcher')
  button.setAttribute('aria-haspopup', 'dialog')
  button.append(
    icon('talk', 'M4 5.5h16v11h-8.5L7 20.5v-4H4z', 'M8 9.5h8M8 12.75h5'),
    icon('shut', 'M6 6l12 12M18 6L6 18'),
  )
  const badge = element(button, 'span', 'badge')
  badge.setAttribute('part', 'badge')
  badge.setAttribute('aria-hidden', 'true')
  for (const each of [button, retry]) {
    each.setAttribute('type', 'button')
    each.addEventListener('click', toggled)
  }
  root.append(bar)

  return {
    show({ locales, position, hidden, open, loading, failed, unread }) {
      const texts = launcherTexts(locales)
      bar.lang = texts.language
      // Words run as their language does; where the button floats is the page’s line to say, for the panel too.
      failure.dir = texts.direction
      bar.hidden = hidden && !failed
      bar.className = `bar${position === 'start' ? ' start' : ''}${open ? ' opened' : ''}${loading ? ' busy' : ''}`
      button.hidden = hidden
      button.setAttribute('aria-expanded', String(open))
      button.setAttribute('aria-busy', String(loading))
      button.setAttribute(
        'aria-label',
        unread ? `${texts.chat}, ${texts.unread.replace('#', String(unread))}` : texts.chat,
      )
      badge.hidden = unread === 0
      badge.textContent = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread)
      failure.hidden = !failed
      // Written only when shown: a screen reader hears what is put into an alert, not what is uncovered.
      said.textContent = failed ? texts.failed : ''
      retry.textContent = texts.retry
    },
    focus: () => button.focus(),
    place: () => (bar.hidden || button.hidden ? null : button.getBoundingClientRect()),
    stepAside: (covers) => bar.classList.toggle('aside', covers),
  }
}

function element(parent: Element, tag: 'div' | 'span' | 'button', name: string): HTMLElement {
  const made = document.createElement(tag)
  made.className = name
  parent.append(made)
  return made
}

function icon(name: string, ...paths: string[]): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', name)
  svg.setAttribute('aria-hidden', 'true')
  for (const path of paths) {
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path')
    line.setAttribute('d', path)
    svg.append(line)
  }
  return svg
}

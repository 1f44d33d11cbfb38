import { html } from 'lit/html.js'
import { type LaterIconName, laterIcon } from '../conversation/later-icons.ts'
import type { TextKey } from '../language/wording.ts'
import { LightElement } from '../light-element.ts'
import type { View } from '../view.ts'

export type MenuChoice =
  | 'copy'
  | 'print'
  | 'download_text'
  | 'download_html'
  | 'download_data'
  | 'delete_data'
  | 'start_over'

const GROUPS: [heading: TextKey, choices: [MenuChoice, LaterIconName][]][] = [
  [
    'transcript',
    [
      ['copy', 'copy'],
      ['print', 'print'],
      ['download_text', 'save'],
      ['download_html', 'save'],
      ['start_over', 'retry'],
    ],
  ],
  [
    'my_data',
    [
      ['download_data', 'save'],
      ['delete_data', 'trash'],
    ],
  ],
]

/** What can be done with the conversation and with the shopper's data. Arrow keys move; a choice is told as `purser-choice`. */
export class MenuElement extends LightElement {
  static override properties = ['view']
  declare view: View

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('[role=menuitem]')?.focus()
  }

  protected override render() {
    const { say } = this.view
    const item = ([choice, picture]: [MenuChoice, LaterIconName]) =>
      html`<button type="button" role="menuitem" tabindex="-1" data-choice=${choice} @click=${() => this.choose(choice)}>${laterIcon(picture)} ${say(choice)}</button>`
    return html`<div class="menu" part="menu" role="menu" aria-label=${say('open_menu')} @keydown=${move}>
      ${GROUPS.map(([heading, choices]) => html`<div role="group" aria-label=${say(heading)}><p aria-hidden="true">${say(heading)}</p>${choices.map(item)}</div>`)}
    </div>`
  }

  private choose(choice: MenuChoice): void {
    this.dispatchEvent(new CustomEvent<MenuChoice>('purser-choice', { bubbles: true, detail: choice }))
  }
}

function move(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement
  const items = [...list.querySelectorAll<HTMLElement>('[role=menuitem]')]
  const at = items.indexOf((list.getRootNode() as ShadowRoot).activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  items.at(to % items.length)?.focus()
}

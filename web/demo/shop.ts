import type { PurserWidget } from '../loader/purser-widget.ts'

/** Buttons of the shop's own that ask the assistant: how a shop calls the widget from its pages. */
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-ask]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    await customElements.whenDefined('purser-widget')
    document.querySelector<PurserWidget>('purser-widget')?.ask(button.dataset.ask ?? '')
  })
}

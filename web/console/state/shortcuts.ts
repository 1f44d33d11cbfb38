export type Command = 'next' | 'previous' | 'open' | 'claim' | 'reply' | 'help' | 'back'

const KEYS: Readonly<Record<string, Command>> = {
  j: 'next',
  k: 'previous',
  o: 'open',
  c: 'claim',
  r: 'reply',
  '?': 'help',
}

/**
 * What a key press asks for, or null. Single characters ask for nothing where somebody writes, together with Ctrl, Alt or ⌘,
 * or while they are turned off (WCAG 2.1.4); Escape always goes back, unless a dialog is open, which has it for itself.
 */
export function commandFor(event: KeyboardEvent, shortcuts: boolean): Command | null {
  const target = event.composedPath()[0]
  if (event.defaultPrevented || event.isComposing || isInDialog(event)) return null
  if (event.key === 'Escape') return 'back'
  if (!shortcuts || event.ctrlKey || event.altKey || event.metaKey || isWriting(target)) return null
  return KEYS[event.key] ?? null
}

function isWriting(target: EventTarget | undefined): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  )
}

function isInDialog(event: KeyboardEvent): boolean {
  return event.composedPath().some((part) => part instanceof HTMLDialogElement && part.open)
}

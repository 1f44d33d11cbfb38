/** What a page may style through `purser-widget::part(…)`, besides the launcher's own parts. */
export const PARTS = [
  ...['panel', 'header', 'title', 'menu-button', 'close', 'strip', 'person-button', 'log', 'welcome', 'starter'],
  ...['sender', 'message', 'message-shopper', 'message-assistant', 'message-person', 'progress', 'citation', 'source'],
  ...['passage', 'card', 'product', 'order', 'handoff', 'proof', 'consent', 'consent-accept', 'option', 'feedback'],
  ...['banner', 'composer', 'input', 'send', 'toast', 'menu', 'sheet', 'ask-person', 'erase-confirm'],
].join(', ')

import { css } from 'lit'

/** The panel itself: where it stands, its header, what scrolls and what does not. */
export const frame = css`
  :host {
    position: fixed;
    z-index: var(--purser-layer, 2147483000);
    --edge-block: calc(var(--purser-inset-block, 5.75rem) + env(safe-area-inset-bottom, 0px));
    --edge-inline: calc(var(--purser-inset-inline, 1.25rem) + env(safe-area-inset-right, 0px));
    inset-block-end: var(--edge-block);
    inset-inline-end: var(--edge-inline);
    inline-size: min(var(--purser-width, 408px), calc(100vw - 2 * var(--edge-inline)));
    block-size: min(var(--purser-height, 720px), calc(100dvh - var(--edge-block) - 20px));
    display: block;
  }
  :host(:not([shown])) {
    display: none;
  }
  :host([launcher='none']) {
    --edge-block: calc(var(--purser-inset-block, 1.25rem) + env(safe-area-inset-bottom, 0px));
  }
  :host([aside]) {
    opacity: 0.1;
    pointer-events: none;
  }
  :host([position='start']) {
    inset-inline: var(--edge-inline) auto;
  }
  .panel {
    position: relative;
    block-size: 100%;
    overflow: clip;
    background: var(--surface);
    border-radius: var(--radius);
    box-shadow:
      0 0 0 1px var(--rim),
      0 4px 12px -2px var(--shade),
      0 24px 56px -12px var(--shade);
    animation: rise 220ms cubic-bezier(0.2, 0.9, 0.3, 1);
  }
  .panel:focus {
    outline: none;
  }
  .behind {
    block-size: 100%;
    display: flex;
    flex-direction: column;
  }
  .top {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 12px 10px 10px 18px;
    flex: none;
  }
  [dir='rtl'] .top {
    padding: 12px 18px 10px 10px;
  }
  .top h2 {
    flex: 1;
    min-inline-size: 0;
    font-size: calc(var(--size) * 1.067);
    letter-spacing: -0.01em;
    line-height: 1.3;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .top .avatar {
    inline-size: 32px;
    block-size: 32px;
  }
  .bare {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    margin-inline-start: -6px;
    border: 0;
    border-radius: 12px;
    background: none;
    color: var(--muted);
    cursor: pointer;
  }
  .bare:hover,
  .bare[aria-expanded='true'] {
    background: var(--sunken);
    color: var(--text);
  }
  .bare:focus-visible {
    outline-offset: -3px;
  }
  .strip {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    column-gap: 12px;
    padding-inline: 18px 12px;
    border-block-end: 1px solid var(--line);
    font-size: var(--small);
    color: var(--muted);
    flex: none;
  }
  .strip .who {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .strip .dot {
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: var(--accent-text);
  }
  .strip[data-who='waiting'] .dot {
    background: var(--warn);
  }
  .strip[data-who='person'] .dot {
    background: var(--good);
  }
  .strip[data-who='person'] .who {
    color: var(--text);
    font-weight: 600;
  }
  .talk {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 44px;
    margin-inline-start: -8px;
    padding-inline: 8px;
    border: 0;
    border-radius: 10px;
    background: none;
    color: var(--accent-text);
    font-weight: 550;
    cursor: pointer;
  }
  .talk .icon {
    inline-size: 17px;
    block-size: 17px;
  }
  .talk:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .talk:focus-visible {
    outline-offset: -4px;
  }
  .log {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scroll-padding-block: 16px 24px;
    padding: 20px 18px 24px;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  .log:focus-visible {
    outline-offset: -3px;
  }
  .entries {
    display: flex;
    flex-direction: column;
    gap: 22px;
  }
  .foot {
    position: relative;
    flex: none;
  }
  .newest {
    position: absolute;
    inset-block-start: -52px;
    inset-inline-start: calc(50% - 20px);
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border: 1px solid var(--line);
    border-radius: 50%;
    background: var(--raised);
    color: var(--text);
    box-shadow: 0 4px 14px -2px var(--shade);
    cursor: pointer;
  }
  .toast {
    position: absolute;
    inset-block-end: calc(100% + 8px);
    inset-inline: 18px;
    inline-size: fit-content;
    margin-inline: auto;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 14px;
    border-radius: 12px;
    background: var(--text);
    color: var(--surface);
    font-size: var(--small);
  }
  .skeleton {
    display: grid;
    gap: 12px;
  }
  .skeleton i {
    block-size: 16px;
    border-radius: 8px;
    background: var(--sunken);
    inline-size: 82%;
    animation: breathe 1.6s ease-in-out infinite;
  }
  .skeleton i:nth-child(2) {
    inline-size: 94%;
  }
  .skeleton i:nth-child(3) {
    inline-size: 56%;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(10px) scale(0.985);
    }
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
`

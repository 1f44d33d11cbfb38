import { css } from 'lit'

/** Buttons, fields, chips and what else every part of the desk draws alike. */
export const controls = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  blockquote {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  a {
    color: var(--accent);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    min-height: 2.25rem;
    padding: 0.3rem 0.85rem;
    border: 1px solid var(--edge);
    border-radius: var(--radius-small);
    background: var(--surface);
    font-weight: 550;
    text-decoration: none;
    color: var(--text);
    white-space: nowrap;
  }
  .button:hover:not(:disabled) {
    background: var(--sunken);
  }
  .button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
  }
  .button.primary:hover:not(:disabled) {
    background: var(--accent-strong);
    border-color: var(--accent-strong);
  }
  .button.plain {
    border-color: transparent;
    background: none;
  }
  .button.plain:hover:not(:disabled) {
    background: var(--sunken);
  }
  .button:disabled {
    cursor: default;
    opacity: 0.55;
  }
  .button.small {
    min-height: 1.75rem;
    padding: 0.1rem 0.6rem;
    font-size: 0.8125rem;
  }
  .link {
    border: 0;
    padding: 0.15rem 0;
    min-height: 1.5rem;
    background: none;
    color: var(--accent);
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
    padding: 0.05rem 0.5rem;
    border: 1px solid var(--line);
    border-radius: 999px;
    font-size: 0.78125rem;
    color: var(--muted);
    background: var(--surface);
    white-space: nowrap;
  }
  .chip.danger {
    color: var(--danger);
    background: var(--danger-soft);
    border-color: currentColor;
    font-weight: 600;
  }
  .chip.warn {
    color: var(--warn);
    background: var(--warn-soft);
    border-color: currentColor;
  }
  .chip.ok {
    color: var(--ok);
    background: var(--ok-soft);
    border-color: currentColor;
  }
  .chip.accent {
    color: var(--accent);
    background: var(--accent-soft);
    border-color: currentColor;
  }
  .muted {
    color: var(--muted);
  }
  .small {
    font-size: 0.8125rem;
  }
  textarea:focus-visible {
    outline-offset: -1px;
  }
  textarea {
    font: inherit;
    color: inherit;
    background: var(--surface);
    border: 1px solid var(--edge);
    border-radius: var(--radius-small);
    padding: 0.5rem 0.65rem;
    width: 100%;
    resize: vertical;
  }
  code,
  kbd {
    font-family: var(--mono);
    font-size: 0.875em;
  }
  svg {
    width: 1.1em;
    height: 1.1em;
    flex: none;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (pointer: coarse) {
    .button {
      min-height: 2.75rem;
    }
    .button.small,
    .link {
      min-height: 2rem;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
  @media (forced-colors: active) {
    .button.primary {
      border-width: 2px;
    }
    .button:disabled {
      opacity: 1;
      color: GrayText;
      border-color: GrayText;
    }
  }
`

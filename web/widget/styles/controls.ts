import { css } from 'lit'

/** Buttons and chips. Primary targets are at least 44 px high, all others 24. Source: WCAG 2.2, 2.5.8 and W42. */
export const controls = css`
  .primary,
  .secondary {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 44px;
    padding: 8px 18px;
    border: 1px solid transparent;
    border-radius: var(--radius-small);
    font-weight: 600;
    line-height: 1.3;
    cursor: pointer;
  }
  .primary {
    background: var(--accent);
    color: var(--on-accent);
  }
  .primary:hover {
    background: color-mix(in oklab, var(--accent), var(--text) 12%);
  }
  .primary.danger {
    background: var(--bad);
    color: var(--on-bad);
  }
  .primary.wide {
    inline-size: 100%;
  }
  .secondary {
    border-color: var(--edge);
    background: var(--surface);
  }
  .secondary:hover,
  .quiet:hover {
    background: var(--sunken);
  }
  [aria-disabled='true'] {
    cursor: default;
  }
  .quiet {
    min-block-size: 40px;
    padding: 6px 12px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: none;
    color: var(--accent-text);
    font-size: var(--small);
    font-weight: 550;
    cursor: pointer;
  }
  .link {
    min-block-size: 24px;
    padding: 0 2px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--accent-text);
    font-weight: 550;
    text-decoration: underline;
    text-underline-offset: 3px;
    cursor: pointer;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 34px;
    padding: 4px 12px;
    border: 1px solid var(--edge);
    border-radius: 99px;
    background: var(--surface);
    font-size: var(--small);
    line-height: 1.3;
    cursor: pointer;
  }
  .chip .icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .chip[aria-pressed='true'] {
    border-color: var(--accent-text);
    background: var(--tint-strong);
    font-weight: 600;
  }
  .options,
  .starters {
    display: flex;
    flex-direction: column;
    align-items: stretch;
    gap: 8px;
  }
  .choice {
    min-block-size: 44px;
    padding: 10px 16px;
    border: 1px solid color-mix(in oklab, var(--accent) 34%, var(--surface));
    border-radius: var(--radius-small);
    background: var(--surface);
    line-height: 1.4;
    text-align: start;
    cursor: pointer;
  }
  .choice:hover {
    border-color: var(--accent-text);
    background: var(--tint);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 16px;
  }
  ::placeholder {
    color: var(--muted);
    opacity: 1;
  }
`

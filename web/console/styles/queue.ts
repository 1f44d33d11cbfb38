import { css } from 'lit'

export const queueStyles = css`
  :host {
    display: flex;
    flex-direction: column;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 0.05rem;
    padding: 0.5rem;
    border-bottom: 1px solid var(--line);
  }
  .filters a {
    display: inline-flex;
    align-items: center;
    gap: 0.3rem;
    min-height: 1.9rem;
    padding: 0.1rem 0.4rem;
    border: 1px solid transparent;
    border-radius: var(--radius-small);
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 500;
    text-decoration: none;
  }
  .filters a:hover {
    color: var(--text);
    background: var(--surface);
  }
  .filters a[aria-current] {
    color: var(--text);
    background: var(--surface);
    border-color: var(--edge);
  }
  .count {
    font-variant-numeric: tabular-nums;
    font-weight: 400;
  }
  .list {
    position: relative;
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
  }
  .scroll {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .button.fresh {
    position: absolute;
    z-index: 1;
    top: -0.6rem;
    left: 50%;
    translate: -50% 0;
    border-radius: 999px;
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    box-shadow: var(--shade);
  }
  .button.fresh:hover:not(:disabled) {
    background: var(--accent-strong);
  }
  .rows {
    display: grid;
    gap: 0.4rem;
    padding: 0.6rem;
  }
  .rows a {
    position: relative;
    display: grid;
    gap: 0.3rem;
    padding: 0.65rem 0.8rem 0.65rem 0.95rem;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    text-decoration: none;
    scroll-margin: 0.6rem;
  }
  .rows a:hover {
    border-color: var(--edge);
  }
  .rows a[aria-current] {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .rows a[aria-current]::before {
    content: '';
    position: absolute;
    inset: 0.55rem auto 0.55rem 0.25rem;
    width: 4px;
    border-radius: 2px;
    background: var(--accent);
    forced-color-adjust: none;
  }
  .rows a:focus-visible {
    outline-offset: 1px;
  }
  .left a {
    border-style: dashed;
    background: none;
  }
  .top,
  .bottom {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    min-width: 0;
  }
  /* As high with a chip as without, so that a row never grows under the pointer. */
  .top,
  .bottom {
    min-height: 1.65rem;
  }
  .top {
    justify-content: space-between;
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name.muted {
    font-weight: 500;
  }
  .words {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
    line-height: 1.4;
  }
  .why {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 0.8125rem;
    color: var(--muted);
  }
  .bottom .chip {
    flex: none;
  }
  .dot {
    width: 0.5rem;
    height: 0.5rem;
    border-radius: 50%;
    background: currentColor;
  }
  .more {
    text-align: center;
    padding: 0.25rem 0 1.25rem;
  }
  @media (pointer: coarse) {
    .filters a {
      min-height: 2.75rem;
    }
  }
  @media (forced-colors: active) {
    .rows a[aria-current] {
      border: 2px solid Highlight;
    }
    .filters a[aria-current] {
      border: 2px solid Highlight;
    }
  }
`

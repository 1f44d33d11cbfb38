import { css } from 'lit'

/** The foot: what is wrong at the moment, and where the shopper writes. */
export const composer = css`
  purser-composer form {
    padding: 10px 14px 14px;
  }
  .field {
    display: flex;
    align-items: flex-end;
    gap: 4px;
    padding: 3px;
    border: 1px solid var(--edge);
    border-radius: calc(var(--radius-small) + 12px);
    background: var(--surface);
  }
  .field:focus-within {
    border-color: var(--accent-text);
    box-shadow: 0 0 0 1px var(--accent-text);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 44px;
    max-block-size: min(148px, 28dvh);
    padding: 10px 4px 10px 15px;
    border: 0;
    background: none;
    resize: none;
    line-height: 1.55;
    scrollbar-width: thin;
  }
  [dir='rtl'] textarea {
    padding: 10px 15px 10px 4px;
  }
  textarea:focus-visible {
    outline: none;
  }
  .send {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 44px;
    block-size: 44px;
    border: 0;
    border-radius: calc(var(--radius-small) + 9px);
    background: var(--accent);
    color: var(--on-accent);
    cursor: pointer;
    transition: background-color 120ms;
  }
  .send[aria-disabled='true'] {
    background: var(--sunken);
    color: var(--muted);
  }
  .send[data-does='stop'] {
    background: var(--text);
    color: var(--surface);
  }
  .send:not([aria-disabled='true']):hover {
    filter: brightness(1.12);
  }
  .left {
    padding-inline: 16px;
    color: var(--muted);
    font-size: var(--tiny);
    text-align: end;
  }
  .left:not(:empty) {
    margin-block: 4px -6px;
  }
  .left[data-over='true'] {
    color: var(--bad);
    font-weight: 600;
  }
  .banner,
  .refusal {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: 4px 10px;
    font-size: var(--small);
    line-height: 1.45;
  }
  .banner:not([data-what]) {
    display: contents;
  }
  .banner[data-what] {
    padding: 11px 18px;
    border-block-start: 1px solid var(--line);
    background: color-mix(in oklab, var(--bad) 8%, var(--surface));
  }
  .banner[data-what='offline'],
  .banner[data-what='reconnecting'],
  .banner[data-what='rate_limited'] {
    background: color-mix(in oklab, var(--warn) 11%, var(--surface));
  }
  .banner p,
  .refusal span {
    flex: 1 1 180px;
  }
  .banner .icon,
  .refusal .icon {
    inline-size: 18px;
    block-size: 18px;
    margin-block-start: 1px;
    color: var(--bad);
  }
  .banner[data-what='offline'] .icon,
  .banner[data-what='reconnecting'] .icon,
  .banner[data-what='rate_limited'] .icon {
    color: var(--warn);
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
    inline-size: 100%;
    padding-inline-start: 28px;
  }
  .banner small {
    display: block;
    color: var(--muted);
    font-size: var(--tiny);
  }
  .refusal {
    margin-block-end: 8px;
    padding: 10px 12px;
    border-radius: 10px;
    background: color-mix(in oklab, var(--bad) 8%, var(--surface));
  }
`

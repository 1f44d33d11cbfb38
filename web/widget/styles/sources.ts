import { css } from 'lit'

/** Citations: the number behind a sentence, the list of sources, the quoted passage; feedback beneath. */
export const sources = css`
  .mark {
    position: relative;
    display: inline-grid;
    place-items: center;
    min-inline-size: 17px;
    block-size: 17px;
    margin-inline: 3px 1px;
    padding: 0 4px;
    border: 0;
    border-radius: 6px;
    background: var(--tint-strong);
    color: var(--accent-text);
    font-size: 11px;
    font-weight: 650;
    line-height: 1;
    vertical-align: 2px;
    cursor: pointer;
  }
  .mark::before {
    content: attr(data-number);
  }
  /* The target is larger than what is drawn. */
  .mark::after {
    content: '';
    position: absolute;
    inset: -4px;
  }
  .mark[aria-expanded='true'],
  .mark:hover {
    background: var(--accent);
    color: var(--on-accent);
  }
  .sources h3,
  .reasons > p {
    color: var(--muted);
    font-size: var(--tiny);
    font-weight: 550;
    margin-block-end: 6px;
  }
  .sources > ul {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .sources li {
    max-inline-size: 100%;
  }
  .source {
    display: flex;
    align-items: center;
    gap: 8px;
    max-inline-size: 100%;
    min-block-size: 32px;
    padding: 3px 12px 3px 5px;
    border: 1px solid var(--line);
    border-radius: 10px;
    background: var(--surface);
    font-size: var(--small);
    line-height: 1.35;
    cursor: pointer;
  }
  [dir='rtl'] .source {
    padding: 3px 5px 3px 12px;
  }
  .source .number {
    display: grid;
    place-items: center;
    flex: none;
    min-inline-size: 22px;
    block-size: 22px;
    border-radius: 7px;
    background: var(--tint);
    color: var(--accent-text);
    font-size: 11.5px;
    font-weight: 650;
  }
  .source .title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .source:hover {
    border-color: var(--edge);
  }
  .source[aria-expanded='true'] {
    border-color: var(--accent-text);
    background: var(--tint);
  }
  .source[aria-expanded='true'] .number {
    background: var(--accent);
    color: var(--on-accent);
  }
  .flag,
  .stale {
    color: var(--warn);
  }
  .flag,
  .flag .icon {
    display: grid;
    inline-size: 16px;
    block-size: 16px;
  }
  .source[data-state='gone'] .title {
    text-decoration: line-through;
  }
  .passage {
    margin-block-start: 8px;
    padding: 14px 16px;
    border-radius: var(--radius-small);
    background: var(--sunken);
    animation: appear 160ms ease-out;
  }
  .passage cite {
    font-size: var(--small);
    font-style: normal;
  }
  .passage blockquote {
    margin-block: 8px 10px;
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--accent-text);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  .stale {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-block-end: 8px;
    font-size: var(--small);
  }
  .stale .icon {
    inline-size: 16px;
    block-size: 16px;
  }
  .origin {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 4px 12px;
    color: var(--muted);
    font-size: var(--tiny);
  }
  .origin a {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    min-block-size: 24px;
    font-size: var(--small);
  }
  .origin a .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  [dir='rtl'] .icon[data-icon='out'] {
    transform: scaleX(-1);
  }
  .thumbs {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px;
    margin-inline-start: -8px;
  }
  .thumb {
    display: grid;
    place-items: center;
    inline-size: 34px;
    block-size: 34px;
    border: 0;
    border-radius: 10px;
    background: none;
    color: var(--muted);
    cursor: pointer;
  }
  .thumb .icon {
    inline-size: 18px;
    block-size: 18px;
  }
  .thumb.against .icon {
    transform: rotate(180deg);
  }
  .thumb:hover {
    background: var(--sunken);
    color: var(--text);
  }
  .thumb[aria-pressed='true'] {
    color: var(--accent-text);
  }
  .thumb[aria-pressed='true'] .icon {
    fill: color-mix(in oklab, currentColor 26%, transparent);
  }
  .thumbs .chip {
    margin-inline-start: 6px;
  }
  .reasons {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-start: 8px;
    padding: 14px;
    border-radius: var(--radius-small);
    background: var(--sunken);
    animation: appear 160ms ease-out;
  }
  .reasons > p,
  .reasons > form {
    inline-size: 100%;
    margin: 0;
  }
  .reasons > form {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 4px;
  }
  .reasons input {
    flex: 1 1 160px;
  }
`

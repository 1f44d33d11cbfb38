import { css } from 'lit'

/** The list of sources, the quoted passage, related pages. */
export const sources = css`
  purser-sources,
  purser-related {
    display: block;
  }
  .sources h3,
  .related h3 {
    color: var(--muted);
    font-size: var(--tiny);
    font-weight: 550;
    margin-block-end: 6px;
  }
  .sources > ul,
  .related > ul {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .sources li,
  .related li {
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
  .related .source {
    padding-inline: 8px;
    color: inherit;
    text-decoration: none;
  }
  .related .icon {
    inline-size: 16px;
    block-size: 16px;
    color: var(--muted);
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
  .fact {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 10px;
    margin-block-end: 10px;
    font-size: var(--small);
  }
  .fact dt {
    color: var(--muted);
  }
  .fact dd {
    font-weight: 600;
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
`

import { css } from 'lit'

export const transcriptStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
  }
  .scroll {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: 1rem 1.25rem;
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  .none {
    padding: 2rem;
    text-align: center;
  }
  ol {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.9rem;
    max-width: 46rem;
    margin-inline: auto;
  }
  .line {
    display: grid;
    justify-items: start;
    gap: 0.2rem;
    max-width: 88%;
  }
  .line.person {
    justify-self: end;
    justify-items: end;
  }
  .meta,
  .after {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.35rem;
    font-size: 0.8125rem;
    color: var(--muted);
  }
  .meta strong {
    color: var(--text);
    font-weight: 600;
  }
  .bubble {
    max-width: 100%;
    padding: 0.55rem 0.8rem;
    border: 1px solid var(--line);
    border-radius: 4px 14px 14px 14px;
    background: var(--surface);
    overflow-wrap: anywhere;
  }
  .text {
    white-space: pre-wrap;
  }
  .assistant .bubble {
    background: var(--sunken);
  }
  .person .bubble {
    border-radius: 14px 4px 14px 14px;
    border-color: transparent;
    background: var(--accent-soft);
  }
  .outgoing .bubble {
    opacity: 0.8;
  }
  .after.refused {
    color: var(--danger);
    font-weight: 550;
  }
  .options {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem;
    margin-top: 0.45rem;
  }
  .options .chip {
    white-space: normal;
  }
  .sources {
    margin-top: 0.5rem;
    font-size: 0.875rem;
  }
  .sources summary {
    display: inline-flex;
    align-items: center;
    gap: 0.35rem;
    min-height: 1.75rem;
    color: var(--accent);
    cursor: pointer;
  }
  .sources summary::before {
    content: '▸';
  }
  .sources[open] summary::before {
    content: '▾';
  }
  .sources summary::-webkit-details-marker {
    display: none;
  }
  .sources li {
    padding: 0.3rem 0 0.3rem 0.75rem;
    border-inline-start: 3px solid var(--line);
    margin-bottom: 0.4rem;
  }
  .verdict {
    margin-top: 0.4rem;
  }
  .doubt {
    color: var(--warn);
    font-weight: 600;
  }
  .below {
    position: absolute;
    bottom: 0.75rem;
    left: 50%;
    translate: -50% 0;
    border-radius: 999px;
    box-shadow: var(--shade);
  }
  @media (max-width: 47.99rem) {
    .scroll {
      padding: 0.75rem;
    }
    .line {
      max-width: 94%;
    }
  }
  @media (forced-colors: active) {
    .person .bubble {
      border-color: CanvasText;
    }
  }
`

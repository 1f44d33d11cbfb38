import { css } from 'lit'

export const packetStyles = css`
  section {
    padding: 0.85rem 1.1rem;
    border-bottom: 1px solid var(--line);
    overflow-wrap: anywhere;
  }
  section:last-of-type {
    border: 0;
  }
  h3 {
    margin-bottom: 0.3rem;
    font-size: 0.8125rem;
    font-weight: 600;
    color: var(--muted);
  }
  .erased {
    padding: 1.5rem 1.1rem;
  }
  .question {
    margin-bottom: 0.4rem;
    font-size: 1rem;
    font-weight: 550;
    line-height: 1.4;
    white-space: pre-wrap;
  }
  .chip {
    white-space: normal;
  }
  .suggested {
    padding: 0.55rem 0.75rem;
    margin-bottom: 0.5rem;
    border-radius: var(--radius-small);
    background: var(--accent-soft);
    white-space: pre-wrap;
  }
  .facts > div {
    display: grid;
    grid-template-columns: 5.5rem 1fr;
    gap: 0.5rem;
  }
  dt {
    color: var(--muted);
  }
  .tried li,
  .history li {
    position: relative;
    padding: 0.1rem 0 0.1rem 1.1rem;
  }
  .tried li::before,
  .history li::before {
    content: '';
    position: absolute;
    inset: 0.6rem auto auto 0.15rem;
    width: 0.45rem;
    height: 0.45rem;
    border: 2px solid var(--edge);
    border-radius: 50%;
  }
  .found li {
    padding: 0.15rem 0;
  }
  .found blockquote,
  .history blockquote {
    margin: 0.2rem 0 0.3rem;
    padding-inline-start: 0.6rem;
    border-inline-start: 3px solid var(--line);
    color: var(--muted);
    font-size: 0.875rem;
  }
`

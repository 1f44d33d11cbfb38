import { css } from 'lit'

export const cardStyles = css`
  .card {
    display: grid;
    gap: 0.25rem;
    margin-top: 0.5rem;
    padding: 0.6rem 0.75rem;
    border: 1px solid var(--line);
    border-radius: var(--radius-small);
    background: var(--surface);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }
  .card-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem;
  }
  .card dl > div {
    display: grid;
    grid-template-columns: 5rem 1fr;
    gap: 0.5rem;
  }
  .card dt {
    color: var(--muted);
  }
  .items li {
    padding-inline-start: 0.9rem;
    position: relative;
  }
  .items li::before {
    content: '';
    position: absolute;
    inset: 0.6em auto auto 0.15rem;
    width: 0.3rem;
    height: 0.3rem;
    border-radius: 50%;
    background: var(--edge);
  }
`

import { css } from 'lit'

export const screenStyles = css`
  .screen {
    display: grid;
    justify-items: center;
    gap: 0.5rem;
    max-width: 30rem;
    margin: 0 auto;
    padding: 3rem 1.5rem;
    text-align: center;
  }
  .screen h1,
  .screen h2 {
    font-size: 1.125rem;
    line-height: 1.35;
  }
  .screen .picture {
    display: grid;
    place-items: center;
    width: 3.25rem;
    height: 3.25rem;
    border-radius: 50%;
    background: var(--accent-soft);
    color: var(--accent);
    font-size: 1.35rem;
  }
  .screen .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.5rem;
    margin-top: 0.5rem;
  }
  .screen code {
    padding: 0.25rem 0.6rem;
    border-radius: var(--radius-small);
    background: var(--sunken);
    border: 1px solid var(--line);
  }
  .loading {
    display: grid;
    gap: 0.75rem;
    padding: 1rem;
  }
  .bone {
    height: 4.25rem;
    border-radius: var(--radius);
    background: var(--line);
    opacity: 0.5;
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.25;
    }
  }
`

import { css } from 'lit'

export const signInStyles = css`
  :host {
    min-height: 100dvh;
    display: grid;
    place-items: center;
    padding: 1rem;
  }
  main {
    width: min(27rem, 100%);
  }
  .brand {
    margin-bottom: 0.75rem;
    text-align: center;
    font-size: 1.0625rem;
    letter-spacing: 0.01em;
  }
  .card {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: 14px;
    box-shadow: var(--shade);
  }
  .screen {
    padding: 2rem 1.5rem;
  }
  .button.primary {
    min-height: 2.75rem;
    padding-inline: 2rem;
  }
  .problem {
    color: var(--danger);
    text-align: center;
    padding: 0 1.5rem 1.5rem;
  }
  .problem:empty {
    padding: 0;
  }
`

import { css } from 'lit'

/** Labels, fields, and what is wrong with them; for the parts that ask for something. */
export const forms = css`
  label {
    display: block;
    margin-block: 14px 5px;
    font-size: var(--small);
    font-weight: 600;
  }
  input {
    inline-size: 100%;
    min-block-size: 44px;
    padding: 8px 12px;
    border: 1px solid var(--edge);
    border-radius: 10px;
    background: var(--surface);
  }
  input:focus-visible {
    outline-offset: 0;
  }
  input[aria-invalid='true'] {
    border-color: var(--bad);
  }
  input.code {
    font-size: 20px;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.3em;
  }
  .hint {
    margin-block-start: 5px;
    color: var(--muted);
    font-size: var(--small);
  }
  .wrong {
    color: var(--bad);
    font-size: var(--small);
  }
  .wrong:not(:empty) {
    margin-block-start: 5px;
  }
  .proof .link {
    margin-block-start: 14px;
  }
  .proof {
    margin-block-start: 22px;
  }
`

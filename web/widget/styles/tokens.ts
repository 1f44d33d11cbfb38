import { css } from 'lit'

const dark = css`
  color-scheme: dark;
  --accent: var(--purser-dark-accent, var(--purser-accent, #7cc9c3));
  --on-accent: var(--purser-dark-on-accent, var(--purser-on-accent, #06201f));
  --surface: var(--purser-dark-surface, #17191c);
  --sunken: var(--purser-dark-sunken, #212428);
  --raised: color-mix(in oklab, var(--surface), white 5%);
  --text: var(--purser-dark-text, #ecedee);
  --muted: var(--purser-dark-muted, #a6abb3);
  --line: var(--purser-dark-line, #32363b);
  --edge: #767b83;
  --person: #f0b878;
  --good: #7fd0a0;
  --warn: #efbf6b;
  --bad: #f2a19a;
  --on-bad: #3a0b07;
  --veil: rgb(0 0 0 / 0.58);
  --rim: rgb(255 255 255 / 0.11);
  --shade: rgb(0 0 0 / 0.5);
`

/**
 * The theme. What a shop may set is documented by name: `--purser-accent`, `--purser-on-accent`, `--purser-surface`,
 * `--purser-sunken`, `--purser-text`, `--purser-muted`, `--purser-line`, `--purser-radius`, `--purser-font`, `--purser-font-size`,
 * `--purser-width`, `--purser-height`, `--purser-inset-inline`, `--purser-inset-block`, `--purser-layer`; colours again with
 * `--purser-dark-` for the dark theme.
 */
export const tokens = css`
  :host {
    all: initial;
    color-scheme: light;
    --accent: var(--purser-accent, #14595f);
    --on-accent: var(--purser-on-accent, #fff);
    --surface: var(--purser-surface, #fff);
    --sunken: var(--purser-sunken, #f5f4f1);
    --raised: var(--purser-surface, #fff);
    --text: var(--purser-text, #1d1e20);
    --muted: var(--purser-muted, #5c5f66);
    --line: var(--purser-line, #e6e4df);
    --edge: #85888e;
    --accent-text: var(--accent);
    --tint: color-mix(in oklab, var(--accent) 9%, var(--surface));
    --tint-strong: color-mix(in oklab, var(--accent) 17%, var(--surface));
    --person: #8a4b12;
    --person-tint: color-mix(in oklab, var(--person) 13%, var(--surface));
    --good: #1d6b3c;
    --warn: #8a5300;
    --bad: #b3261e;
    --on-bad: #fff;
    --veil: rgb(28 26 20 / 0.38);
    --rim: rgb(28 26 20 / 0.08);
    --shade: rgb(28 26 20 / 0.16);
    --radius: var(--purser-radius, 18px);
    --radius-small: min(var(--radius), 12px);
    --size: var(--purser-font-size, 15px);
    --small: calc(var(--size) * 0.867);
    --tiny: calc(var(--size) * 0.82);
    color: var(--text);
    font-family: var(--purser-font, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif);
    font-size: var(--size);
    line-height: 1.55;
    overflow-wrap: anywhere;
  }
  :host([theme='dark']) {
    ${dark}
  }
  @media (prefers-color-scheme: dark) {
    :host([theme='auto']) {
      ${dark}
    }
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  blockquote {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2,
  h3,
  h4,
  cite {
    font: inherit;
    font-weight: 600;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  .icon {
    inline-size: 20px;
    block-size: 20px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon[data-icon='more'] {
    stroke-width: 2.6;
  }
  .icon[data-icon='stop'] {
    fill: currentColor;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
  }
`

import { css } from 'lit'

/** How all of it bends: small screens, low windows, less motion, more contrast, forced colours. */
export const conditions = css`
  @media (max-width: 480px), (max-height: 26rem) {
    :host,
    :host([launcher]),
    :host([position]) {
      inset: var(--purser-visible-top, 0) 0 auto;
      inline-size: auto;
      block-size: var(--purser-visible-height, 100dvh);
    }
    .panel {
      border-radius: 0;
      box-shadow: none;
    }
    .top {
      padding-block-start: calc(8px + env(safe-area-inset-top, 0px));
    }
    purser-composer form {
      padding-block-end: calc(12px + env(safe-area-inset-bottom, 0px));
    }
    .log,
    .top,
    .strip,
    purser-composer form,
    .banner[data-what] {
      padding-left: max(16px, env(safe-area-inset-left, 0px));
      padding-right: max(16px, env(safe-area-inset-right, 0px));
    }
    .top,
    .strip {
      padding-inline-end: 8px;
    }
    /* Smaller text makes some phones zoom in when the field is touched. */
    input,
    textarea {
      font-size: max(16px, var(--size));
    }
  }
  @media (max-width: 340px) {
    purser-answer > article > :not(.byline),
    .person .bubble {
      margin-inline-start: 0;
    }
    .shopper {
      padding-inline-start: 16px;
    }
  }
  /* 400 % zoom and turned phones: everything but the field scrolls. */
  @media (max-height: 26rem) {
    .top {
      padding-block: 2px;
    }
    .top .avatar {
      display: none;
    }
    .top h2 {
      visibility: hidden;
    }
    .strip {
      position: absolute;
      inset-block-start: 2px;
      inset-inline: 0 96px;
      padding-inline: 8px 0;
      border-block-end: 0;
    }
    .strip .who {
      display: none;
    }
    .log {
      padding-block: 10px;
    }
    purser-composer form {
      padding-block: 4px;
    }
    textarea {
      max-block-size: 44px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
  @media (prefers-contrast: more) {
    :host {
      --muted: var(--text);
      --line: var(--edge);
      --edge: var(--text);
    }
    .panel {
      border: 2px solid var(--text);
    }
    .passage,
    .bubble,
    .reasons {
      border: 1px solid var(--text);
    }
  }
  @media (forced-colors: active) {
    .panel,
    .passage,
    .bubble,
    .reasons,
    .sheet,
    .avatar,
    .picture,
    .mark,
    .toast,
    .banner[data-what],
    .status,
    .order > header {
      border: 1px solid CanvasText;
    }
    .primary,
    .send {
      border: 2px solid ButtonText;
    }
    .icon {
      color: inherit !important;
    }
    .field:focus-within {
      outline: 2px solid Highlight;
    }
    .dot,
    .pulse::before,
    .facts li::before {
      background: CanvasText;
      forced-color-adjust: none;
    }
    [aria-pressed='true'],
    .source[aria-expanded='true'],
    .mark[aria-expanded='true'] {
      outline: 2px solid Highlight;
    }
    .send[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }
    :focus-visible {
      outline-color: Highlight;
    }
  }
`

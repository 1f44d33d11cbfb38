const DARK =
  '--a:var(--purser-dark-accent,var(--purser-accent,#7cc9c3));--o:var(--purser-dark-on-accent,var(--purser-on-accent,#06201f));--s:#23272a;--t:#f2f2f2;--r:#8fd6d6'

/**
 * `!important` inside a shadow tree wins over `!important` outside (CSS Cascade 5, section 6.1), so the first rule shuts out
 * whatever a page says about `*`. The element takes no room in the page, which therefore does not shift. Sizes are pixels, since a
 * page that sets its root's font to 62.5 % would make everything in rem small.
 */
export const LAUNCHER_SHEET = `
:host{all:initial!important;display:block!important;position:fixed!important;inset:auto 0 0 auto!important;inline-size:0!important;block-size:0!important;z-index:var(--purser-layer,2147483000)!important}
:host([hidden]){display:none!important}
.bar{--a:var(--purser-accent,#14595f);--o:var(--purser-on-accent,#fff);--s:#fff;--t:#1b1b1b;--r:#14595f;--i:calc(var(--purser-inset-inline,20px) + max(env(safe-area-inset-left),env(safe-area-inset-right)));position:fixed;inset-block-end:calc(var(--purser-inset-block,20px) + env(safe-area-inset-bottom));inset-inline:auto var(--i);display:flex;align-items:center;gap:12px;font:500 15px/1.4 system-ui,sans-serif;transition:opacity .15s}
.bar.start{inset-inline:var(--i) auto;flex-direction:row-reverse}
.bar.aside{opacity:0;pointer-events:none}
[hidden]{display:none!important}
button{font:inherit;cursor:pointer;box-sizing:border-box}
.launcher{position:relative;display:grid;place-items:center;inline-size:56px;block-size:56px;padding:0;border:1px solid transparent;border-radius:var(--purser-launcher-radius,50%);background:var(--a);color:var(--o);box-shadow:0 0 0 1px #fff3,0 2px 6px #0003,0 8px 24px #0003}
svg{inline-size:26px;block-size:26px;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
[aria-expanded=true] .talk,[aria-expanded=false] .shut{display:none}
.launcher:hover{filter:brightness(1.12)}
button:focus-visible{outline:3px solid var(--r);outline-offset:4px;box-shadow:0 0 0 4px var(--s)}
.badge{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;min-inline-size:22px;padding:0 5px;box-sizing:border-box;border:2px solid #fff;border-radius:16px;background:#b3261e;color:#fff;font-size:12px;line-height:18px;font-weight:700;text-align:center}
.failure{display:flex;flex-wrap:wrap;align-items:center;gap:8px 12px;max-inline-size:min(288px,calc(100vw - 112px));padding:12px 16px;border:1px solid #8886;border-radius:12px;background:var(--s);color:var(--t);box-shadow:0 8px 24px #0003}
.retry{min-block-size:44px;padding:0 16px;border:1px solid;border-radius:8px;background:none;color:inherit;font-weight:600}
.busy .talk{animation:b 1.2s ease-in-out infinite alternate}
@keyframes b{to{opacity:.35}}
:host([theme=dark]) .bar{${DARK}}
@media (prefers-color-scheme:dark){:host(:not([theme=light])) .bar{${DARK}}}
@media (prefers-reduced-motion:reduce){.bar{transition:none}.busy .talk{animation:none;opacity:.6}}
@media (forced-colors:active){.launcher,.failure,.badge{border-color:ButtonText}button:focus-visible{outline-color:Highlight}}
@media (max-width:30rem),(max-height:26rem){.opened{display:none}}
@media print{:host{display:none!important}}
`

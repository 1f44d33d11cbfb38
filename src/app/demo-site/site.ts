import { html } from '../web/html.ts'
import type { Site } from '../web/pages.ts'
import { htmlResponse } from '../web/pages.ts'

export function demoSite({ publicKey }: { publicKey: string }): Site {
  return {
    async respond(request) {
      if (request.path !== '/demo') return null
      return htmlResponse(
        html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Larkhaven</title>
<script src="/widget.js" data-purser-key="${publicKey}" data-site-rewrite="https://larkhaven.example.com=/demo" defer></script></head><body><h1>Larkhaven</h1></body></html>`,
        request,
      )
    },
  }
}

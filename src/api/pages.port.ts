/** A request for something browsers show or run: the widget, the console, the demo shop. */
export type PageRequest = {
  method: 'GET' | 'POST'
  /** Percent-decoded, with its leading slash. */
  path: string
  /** A request header by its name. */
  header(name: string): string | undefined
  /** Fields of the form that was sent; empty with GET. */
  form: ReadonlyMap<string, string>
}

export type PageResponse = { status: number; headers: Record<string, string>; body: string | Uint8Array<ArrayBuffer> }

/** Everything this server gives to browsers besides data. */
export type Pages = {
  /** The page or file at the path; null where there is none. Throws Fault operator `app.web.unbuildable` for what could not be bundled. */
  respond(request: PageRequest, signal: AbortSignal): Promise<PageResponse | null>
}

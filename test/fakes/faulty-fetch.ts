/** What happens to one request. `cut` lets so many bytes of the answer through; `end` stops it as if it were complete. */
export type Mishap =
  | { do: 'pass' }
  | { do: 'refuse' }
  | { do: 'hang' }
  | { do: 'answer'; status: number; body?: string; headers?: Record<string, string> }
  | { do: 'cut' | 'end' | 'stall'; after: number }
  | { do: 'twice' }

export type Seen = { method: string; path: string; headers: Headers; body: string }

/** `fetch` over `inner` that goes wrong as `plan` says, request by request, and remembers what was sent. */
export function faultyFetch(
  inner: typeof fetch,
  plan: (request: Seen, nth: number) => Mishap = () => ({ do: 'pass' }),
) {
  const seen: Seen[] = []
  let current = plan
  const faulty: typeof fetch = async (input, init = {}) => {
    const { pathname, search } = new URL(String(input))
    const request: Seen = {
      method: init.method ?? 'GET',
      path: pathname + search,
      headers: new Headers(init.headers),
      body: String(init.body ?? ''),
    }
    seen.push(request)
    const mishap = current(request, seen.length)
    const aborted = new Promise<never>((_resolve, reject) => {
      const end = () => reject(init.signal?.reason)
      if (init.signal?.aborted) end()
      init.signal?.addEventListener('abort', end)
    })
    aborted.catch(() => {})
    if (mishap.do === 'refuse') throw new TypeError('fetch failed')
    if (mishap.do === 'hang') return aborted
    if (mishap.do === 'answer')
      return new Response(mishap.body ?? '', { status: mishap.status, headers: mishap.headers ?? {} })
    const response = await Promise.race([inner(input, init), aborted])
    if (mishap.do === 'pass' || !response.body) return response
    const body = mishap.do === 'twice' ? doubled(response.body) : shortened(response.body, mishap.do, mishap.after)
    return new Response(body, { status: response.status, headers: response.headers })
  }
  return {
    fetch: faulty,
    seen,
    goes(next: typeof plan) {
      current = next
    },
  }
}

function shortened(body: ReadableStream<Uint8Array>, how: 'cut' | 'end' | 'stall', after: number) {
  const reader = body.getReader()
  let left = after
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = left > 0 ? await reader.read() : { done: true, value: undefined }
      if (value) controller.enqueue(value.slice(0, left))
      left -= value?.length ?? 0
      if (!done && left > 0) return
      if (how === 'stall' && left <= 0) return new Promise(() => {})
      void reader.cancel().catch(() => {})
      if (how === 'cut' && left <= 0) controller.error(new TypeError('network error'))
      else controller.close()
    },
    cancel: () => reader.cancel(),
  })
}

/** Every event twice in a row. */
function doubled(body: ReadableStream<Uint8Array>) {
  let rest = ''
  const twice = new TransformStream<string, string>({
    transform(chunk, controller) {
      const blocks = (rest + chunk).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) controller.enqueue(`${block}\n\n${block}\n\n`)
    },
  })
  return (body as ReadableStream<Uint8Array<ArrayBuffer>>)
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(twice)
    .pipeThrough(new TextEncoderStream())
}

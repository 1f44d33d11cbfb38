/** JSON of anything from outside, as `unknown` for a schema to read. Throws SyntaxError on text that is not JSON. */
export function readJson(text: string): unknown {
  return JSON.parse(text)
}

/** The same, `undefined` instead of a throw where a bad text is a normal day. */
export function tryReadJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

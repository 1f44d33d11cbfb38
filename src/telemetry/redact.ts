/** Paths whose values never reach a log line. A net for mistakes; the plan is not to log them at all. */
export const REDACTED_PATHS = [
  'email', '*.email', 'name', '*.name', 'address', '*.address', 'text', '*.text', 'token', '*.token',
  'password', '*.password', '*.secret', 'secret', 'authorization', 'headers.authorization', 'headers.cookie', 'apiKey', '*.apiKey',
]

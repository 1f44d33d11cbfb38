/** What `pg` and BullMQ take to connect. `host` is a folder when it starts with `/`: the unix socket's. */
export type EmbeddedConnection = {
  host: string
  port: number
  user: string
  password?: string
  database: string
}

/** A running PostgreSQL of our own, held by this process alone. It is restarted when it dies, at the same address. */
export type EmbeddedPostgres = {
  connection: EmbeddedConnection
  /** True when it was still running from a process of ours that had been killed. */
  adopted: boolean
  /** Absolute. */
  dataFolder: string
  /** Tells a second Purser on the same folder where this one can be reached, e.g. `http://127.0.0.1:8787`. */
  announce(address: string, signal: AbortSignal): Promise<void>
  /**
   * Ends the server and waits for it: 10 s for an orderly end, then at once; an aborted signal skips the wait.
   * Nothing committed is lost either way. Does not throw; a second call does nothing.
   */
  stop(signal: AbortSignal): Promise<void>
}

/** The Purser that holds a data folder. `address` is missing until it has announced one. */
export type RunningInstance = {
  pid: number
  address?: string
  connection: EmbeddedConnection
}

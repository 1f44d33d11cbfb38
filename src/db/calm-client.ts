import { Client, type ClientConfig } from 'pg'

/**
 * A constructor for pools of others (`new Pool({ Client })`) whose connections may be lost at any moment without ending the
 * process: pg emits `error` on a connection that dies between two statements, and a pool listens to its idle ones only.
 * Whoever uses such a connection learns it from the next statement.
 */
export const CalmClient = function calmClient(config?: ClientConfig): Client {
  const client = new Client(config)
  client.on('error', () => {})
  return client
} as unknown as typeof Client

import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Fault } from '#domain/fault.ts'
import type { EmbeddedConnection } from './embedded-postgres.port.ts'

/** Where the server listens: on a socket in its own folder, or, where that path is too long, on a loopback port with a password. */
export type Listening = { via: 'socket'; folder: string } | { via: 'loopback'; port: number }

export const PASSWORD_FILE = 'purser-password'
export const OWNER = 'purser'
/** Only a part of the socket's file name; nothing listens on this port. */
const SOCKET_PORT = 5432
/** sizeof(sockaddr_un.sun_path) is 108 on Linux, with the closing zero byte (unix(7)); macOS has 104. */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103

/** Chooses for a start: `port` is where it listened before in this run, since pools hold on to it; 0 asks for any free port. */
export async function chooseListening(
  cluster: string,
  port: number | undefined,
  signal: AbortSignal,
): Promise<Listening> {
  if (port === undefined && fitsSocket(cluster)) return { via: 'socket', folder: cluster }
  return { via: 'loopback', port: port || (await freePort(signal)) }
}

/** The postgres arguments that make it listen there and nowhere else. */
export function listenArguments(listening: Listening): string[] {
  const settings =
    listening.via === 'socket'
      ? [
          'listen_addresses=',
          `unix_socket_directories="${listening.folder.replaceAll('"', '""')}"`,
          'unix_socket_permissions=0700',
        ]
      : ['listen_addresses=127.0.0.1', 'unix_socket_directories=']
  const port = listening.via === 'socket' ? SOCKET_PORT : listening.port
  return ['-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
}

/** How to connect. Throws Fault operator `db.embedded.password_missing` when it takes the password and its file is gone. */
export function connectionTo(cluster: string, listening: Listening): EmbeddedConnection {
  const who = { user: OWNER, database: 'postgres' }
  if (listening.via === 'socket') return { host: listening.folder, port: SOCKET_PORT, ...who }
  return { host: '127.0.0.1', port: listening.port, password: readPassword(cluster), ...who }
}

function fitsSocket(cluster: string): boolean {
  if (process.platform === 'win32') return false
  return Buffer.byteLength(join(cluster, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_SOCKET_PATH
}

function freePort(signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen({ port: 0, host: '127.0.0.1', signal }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function readPassword(cluster: string): string {
  try {
    return readFileSync(join(cluster, PASSWORD_FILE), 'utf8').trim()
  } catch (cause) {
    throw new Fault({
      kind: 'operator',
      code: 'db.embedded.password_missing',
      message:
        'The path of the data folder is too long for a unix socket, and the password for the other way in is gone. ' +
        'Move the data folder to a shorter path.',
      cause,
    })
  }
}

// Runs before every npm command, on any Node from 20 on and without dependencies: makes sure that node_modules
// is what package-lock.json says. Silent and quick when it is. All it prints goes to standard error, because
// some commands print JSON on standard output.
import { createHash } from 'node:crypto'
import { existsSync, linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Platforms for which package.json pins a Node 24; elsewhere the host's own Node must be new enough to read TypeScript. */
const PINNED_NODE = ['linux-x64', 'linux-arm64', 'win32-x64']
const OLDEST_HOST_NODE = 20
const OLDEST_NODE = 24
const LONGEST_INSTALL_MS = 15 * 60_000
const PLATFORM = `${process.platform}-${process.arch}`

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href)
  process.exitCode = await ensureInstalled({
    root: resolve(fileURLToPath(new URL('..', import.meta.url))),
    nodeVersion: process.versions.node,
    locks: tmpdir(),
    say: (line) => process.stderr.write(`${line}\n`),
    install: npmInstall,
  })

/**
 * Installs the packages of `root` unless they are there. Resolves to the exit code: 0 when all is well, 1 after
 * saying in a sentence what is wrong. Two at once: the second waits for the first.
 */
export async function ensureInstalled({ root, nodeVersion, locks, say, install }) {
  const major = Number.parseInt(nodeVersion, 10)
  const oldest = PINNED_NODE.includes(PLATFORM) ? OLDEST_HOST_NODE : OLDEST_NODE
  if (major < oldest) {
    say(
      `Purser needs Node ${oldest} or newer; this is Node ${nodeVersion}. Install a newer Node and run the command again.`,
    )
    return 1
  }
  const lockfile = readFileSync(join(root, 'package-lock.json'))
  if (isInstalled(root, lockfile)) return 0
  const unlock = await lock(join(locks, `purser-install-${process.getuid?.() ?? 0}-${digest(root).slice(0, 16)}`), say)
  process.once('exit', unlock)
  try {
    // The one we waited for may have done our work.
    if (isInstalled(root, lockfile)) return 0
    say("Installing Purser's packages. This happens once and takes about half a minute.")
    const { code, output } = await install(root)
    if (code !== 0) {
      say(
        `Purser's packages could not be installed: npm ci ended with exit code ${code}. npm said:\n${lastLines(output)}`,
      )
      say('Check the connection to the npm registry and the free space on this disk, then run the same command again.')
      return 1
    }
    writeMarker(root, lockfile)
    return 0
  } finally {
    unlock()
    process.removeListener('exit', unlock)
  }
}

function isInstalled(root, lockfile) {
  if (PINNED_NODE.includes(PLATFORM) && !existsSync(join(root, 'node_modules', '.bin', 'node'))) return false
  if (readText(markerFile(root)) === markerFor(lockfile)) return true
  if (!npmInstalled(root, lockfile)) return false
  writeMarker(root, lockfile)
  return true
}

/**
 * Whether npm's own record of what lies in node_modules agrees with the lock, as after `npm ci` by hand or in an
 * image. Packages that npm may leave out (other platforms', development ones) may be missing; none may differ.
 */
function npmInstalled(root, lockfile) {
  try {
    const wanted = JSON.parse(lockfile.toString('utf8')).packages
    const there = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages
    const extra = Object.keys(there).some((path) => !wanted[path])
    return !extra && Object.entries(wanted).every(([path, entry]) => path === '' || agrees(entry, there[path]))
  } catch {
    return false
  }
}

function agrees(wanted, there) {
  if (!there) return Boolean(wanted.optional || wanted.dev || wanted.devOptional || wanted.peer)
  return wanted.version === there.version && wanted.integrity === there.integrity
}

function writeMarker(root, lockfile) {
  try {
    writeFileSync(markerFile(root), markerFor(lockfile))
  } catch {
    // A read-only image: npm's own record is then compared each time, which costs a few milliseconds.
  }
}

function markerFile(root) {
  return join(root, 'node_modules', '.purser-installed')
}

/** With the platform, because a node_modules may be carried into a container of another one. */
function markerFor(lockfile) {
  return `${digest(lockfile)} ${PLATFORM}\n`
}

function digest(content) {
  return createHash('sha256').update(content).digest('hex')
}

/**
 * Waits until this process is the only one installing in the folder. The lock is a file with our pid beside no
 * node_modules (npm ci removes that folder); one left by a dead process is taken over. Gives the function that unlocks.
 */
async function lock(file, say) {
  const own = `${file}.${process.pid}`
  let waited = false
  for (;;) {
    writeFileSync(own, String(process.pid))
    try {
      linkSync(own, file)
      rmSync(own, { force: true })
      return () => readText(file) === String(process.pid) && rmSync(file, { force: true })
    } catch (error) {
      rmSync(own, { force: true })
      if (error.code !== 'EEXIST') throw error
    }
    const holder = Number(readText(file))
    if (holder && (!isAlive(holder) || isOld(file))) {
      takeAway(file, holder)
      continue
    }
    if (!waited) say('Another Purser command is installing the packages; waiting for it.')
    waited = true
    await new Promise((done) => setTimeout(done, 200))
  }
}

/** Removes a dead process's lock. Renamed first, so that of two takers only one can get it. */
function takeAway(file, holder) {
  const aside = `${file}.dead-${process.pid}`
  try {
    renameSync(file, aside)
    // Between reading and renaming another taker may have locked anew: then what we hold is its lock, so give it back.
    if (readText(aside) !== String(holder)) linkSync(aside, file)
  } catch {
    // Somebody else was quicker; the next round looks again.
  }
  rmSync(aside, { force: true })
}

/** No installation takes that long: the lock outlived its process, and another one has got its number since. */
function isOld(file) {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > LONGEST_INSTALL_MS
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** `npm ci` with the host's Node: the pinned one lies in the folder that npm is about to replace. */
async function npmInstall(root) {
  const { spawn } = await import('node:child_process')
  const bins = join(root, 'node_modules', '.bin')
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const path = (process.env[pathName] ?? '').split(delimiter).filter((folder) => resolve(folder) !== bins)
  const env = { ...process.env, [pathName]: path.join(delimiter) }
  return new Promise((done) => {
    const windows = process.platform === 'win32'
    const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund']
    const npm = spawn(windows ? 'npm.cmd' : 'npm', args, {
      cwd: root,
      env,
      shell: windows,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [npm.stdout, npm.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    npm.on('error', (error) => done({ code: 1, output: `npm could not be started: ${error.message}` }))
    npm.on('close', (code, signal) => done({ code: code ?? `signal ${signal}`, output }))
  })
}

function lastLines(output) {
  return output.trim().split('\n').slice(-15).join('\n')
}

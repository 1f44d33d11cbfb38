import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  FORBIDDEN_NAMES,
  LIBRARY_HOMES,
  MOST_FILES_A_FOLDER,
  MOST_LINES,
  ONE_HOME,
  ROOMS,
  WEB,
  ZOD_EDGES,
} from './architecture-table.ts'

const ROOT = resolve(import.meta.dirname, '..')
const SRC = join(ROOT, 'src')
type Import = { from: string; typeOnly: boolean }
type Source = { path: string; text: string; code: string; imports: Import[] }

const sources = walk(SRC).map((file) => readSource(file, SRC))
const product = sources.filter(({ path }) => !path.endsWith('.test.ts'))
const everything = ['src', 'test', 'evals', 'bench', 'demo', 'scripts', 'web']
  .flatMap((folder) => walk(join(ROOT, folder)))
  .map((file) => readSource(file, ROOT))

describe('rooms', () => {
  test('every folder of src is a room of the table', () => {
    const rooms = new Set(sources.map(({ path }) => roomOf(path)).filter((room) => room !== null))
    expect([...rooms].filter((room) => !(room in ROOMS) && room !== 'app')).toEqual([])
  })

  test('a room imports only the rooms its row allows', () => {
    expect(
      crossings(product)
        .filter(({ room, target }) => !mayImport(room, target))
        .map(show),
    ).toEqual([])
  })

  test('the table has no cycle', () => {
    const reaches = (room: string, goal: string): boolean =>
      (ROOMS[room] ?? []).some((next) => next === goal || reaches(next, goal))
    expect(Object.keys(ROOMS).filter((room) => reaches(room, room))).toEqual([])
  })

  test('only ports travel across rooms, as types; domain alone travels as values', () => {
    const wrong = crossings(product).filter(
      ({ room, target, from, typeOnly }) =>
        room !== 'app' && room !== null && target !== 'domain' && !(typeOnly && from.endsWith('.port.ts')),
    )
    expect(wrong.map(show)).toEqual([])
  })

  test('a crossing is written with # and a step inside the room with ./ or ../', () => {
    const wrong = product.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => {
          if (from.startsWith('#')) return roomOf(from.slice(1)) === roomOf(path) && roomOf(path) !== null
          if (!from.startsWith('.')) return false
          const target = relative(SRC, resolve(SRC, dirname(path), from))
          return roomOf(path) !== null && roomOf(target) !== roomOf(path)
        })
        .map(({ from }) => `${path} → ${from}`),
    )
    expect(wrong).toEqual([])
  })

  test('no two files import each other in a circle', () => {
    const graph = new Map(
      product.map(({ path, imports }) => [
        path,
        imports
          .filter(({ typeOnly }) => !typeOnly)
          .map(({ from }) => targetOf(path, from))
          .filter((file) => file !== null),
      ]),
    )
    expect(circle(graph)).toEqual([])
  })
})

describe('libraries', () => {
  test('each library is imported in its one home', () => {
    const wrong = product.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => isLibrary(from))
        .filter(({ from }) => !atHome(path, from))
        .map(({ from }) => `${path} → ${from}`),
    )
    expect(wrong).toEqual([])
  })
})

describe('web', () => {
  const web = everything.filter(({ path }) => path.startsWith('web/') && !path.endsWith('.test.ts'))

  test('imports itself, values of domain, types of the contract and its own libraries', () => {
    const wrong = web.flatMap(({ path, imports }) =>
      imports
        .filter(({ from, typeOnly }) => {
          if (from.startsWith('#')) return !from.startsWith('#domain/')
          if (!from.startsWith('.')) return !WEB.libraries.test(from)
          const target = relative(ROOT, resolve(ROOT, dirname(path), from))
          return !target.startsWith('web/') && !(typeOnly && WEB.contract.test(target))
        })
        .map(({ from }) => `${path} → ${from}`),
    )
    expect(wrong).toEqual([])
  })

  test('reads time and sets timers in one file', () => {
    const [now, timers] = ONE_HOME.map(([, pattern]) => pattern)
    expect(
      web
        .filter(({ path, code }) => (now?.test(code) || timers?.test(code)) && !WEB.clock.test(path))
        .map(({ path }) => path),
    ).toEqual([])
  })

  test('fetches through the client alone', () => {
    expect(
      web
        .filter(({ path, code }) => /\bfetch\(|\bEventSource\b|XMLHttpRequest/.test(code) && !WEB.fetches.test(path))
        .map(({ path }) => path),
    ).toEqual([])
  })
})

describe('files', () => {
  test.each(ONE_HOME)('%s has one home', (_what, pattern, home) => {
    expect(product.filter(({ path, code }) => pattern.test(code) && !home.test(path)).map(({ path }) => path)).toEqual(
      [],
    )
  })

  test('every relative import names its .ts file', () => {
    const wrong = everything.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => /^[.#]/.test(from) && !/\.(ts|mjs|json|css)$/.test(from))
        .map(({ from }) => `${path} → ${from}`),
    )
    expect(wrong).toEqual([])
  })

  test('nothing is called index, utils, helpers, common, misc or types', () => {
    expect(
      everything
        .map(({ path }) => path)
        .filter((path) => FORBIDDEN_NAMES.test(path) && !path.startsWith('src/rag/index/')),
    ).toEqual([])
  })

  test('files stay short', () => {
    const long = everything
      .filter(({ path, text }) => text.split('\n').length - 1 > (isTest(path) ? MOST_LINES.test : MOST_LINES.source))
      .map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`)
    expect(long).toEqual([])
  })

  test('folders stay small', () => {
    const counts = new Map<string, number>()
    for (const { path } of product)
      if (!path.includes('db/migrations/')) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
    expect([...counts].filter(([, count]) => count > MOST_FILES_A_FOLDER)).toEqual([])
  })

  test('classes are Fault and web elements only; nothing needs compiling', () => {
    const wrong = sources.filter(
      ({ path, code }) =>
        path !== 'domain/fault.ts' &&
        /^\s*(export\s+)?(abstract\s+)?class\s|^\s*(export\s+)?(const\s+)?enum\s|^\s*@\w+\(/m.test(code),
    )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })
})

function walk(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(path)
    return entry.name.endsWith('.ts') ? [path] : []
  })
}

function readSource(file: string, base: string): Source {
  const text = readFileSync(file, 'utf8')
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
  const imports = [
    ...code.matchAll(
      /^(import|export)\s+(type\s)?([^'"]*?)\s*from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map((match) => ({
    from: match[4] ?? match[5] ?? match[6] ?? '',
    typeOnly: match[2] !== undefined || /^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(match[3] ?? ''),
  }))
  return { path: relative(base, file), text, code, imports }
}

/** The room a path under src lies in; null for files beside the rooms. */
function roomOf(path: string): string | null {
  return path.includes('/') ? (path.split('/')[0] ?? null) : null
}

function crossings(files: Source[]) {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(({ from }) => from.startsWith('#'))
      .map(({ from, typeOnly }) => ({
        path,
        room: roomOf(path),
        target: roomOf(from.slice(1)) ?? from,
        from,
        typeOnly,
      })),
  )
}

function mayImport(room: string | null, target: string): boolean {
  if (room === 'app') return true
  if (room === null) return target === 'app' || target === 'domain'
  if (target === room) return true
  if (target === 'domain') return true
  if (target === 'telemetry') return room !== 'domain'
  return ROOMS[room]?.includes(target) ?? false
}

function show({ path, from }: { path: string; from: string }): string {
  return `${path} → ${from}`
}

function targetOf(path: string, from: string): string | null {
  if (from.startsWith('#')) return from.slice(1)
  return from.startsWith('.') ? relative(SRC, resolve(SRC, dirname(path), from)) : null
}

function circle(graph: Map<string, string[]>): string[] {
  const done = new Set<string>()
  const visit = (file: string, trail: string[]): string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file]
    if (done.has(file)) return []
    for (const next of graph.get(file) ?? []) {
      const found = visit(next, [...trail, file])
      if (found.length) return found
    }
    done.add(file)
    return []
  }
  for (const file of graph.keys()) {
    const found = visit(file, [])
    if (found.length) return found
  }
  return []
}

function isLibrary(from: string): boolean {
  return !/^[.#]/.test(from) && !from.startsWith('node:')
}

function atHome(path: string, library: string): boolean {
  if (library === 'zod') return ZOD_EDGES.some((edge) => edge.test(path))
  const home = LIBRARY_HOMES.find(([pattern]) => pattern.test(library))
  return home?.[1].some((folder) => path.startsWith(`${folder}/`)) ?? false
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.startsWith('test/') || path.startsWith('evals/')
}

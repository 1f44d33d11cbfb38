import { writeFile } from 'node:fs/promises'
import { openApiDocument } from '#api/openapi.ts'

/** Writes openapi.json at the repository's root: node scripts/write-openapi.ts. Run it after a change of src/api/contract. */
await writeFile(new URL('../openapi.json', import.meta.url), `${JSON.stringify(openApiDocument(), null, 2)}\n`)

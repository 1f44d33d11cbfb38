import { grown } from '../arena.ts'

/** The mean is summed in whole steps of this size: a sum of them is exact, so the order of arrival leaves no trace. */
const STEP = 2 ** -32

/** Rows one after another: components as signed bytes, and what a byte's step is worth. */
export type StoredVectors = {
  values: Int8Array<ArrayBuffer>
  scales: Float32Array<ArrayBuffer>
}

/** Vectors by row as int8, scaled by each row's largest value: a quarter of the memory, cosines equal to the third decimal. */
export type VectorTable = {
  /** Stores into a free row. */
  add(vector: Float32Array): number
  free(row: number): void
  /** `query` in 64 bits: converting each element anew would cost a third of a scan. */
  dot(row: number, query: Float64Array): number
  /** The components of the rows one after another, as stored. */
  bytesOf(rows: number[]): Int8Array<ArrayBuffer>
  /** Every row so far, free ones among them; valid until the next `add`. */
  bytes(): Int8Array<ArrayBuffer>
  scales(): Float32Array<ArrayBuffer>
  /** The query's product with the mean of all stored vectors. */
  meanDot(query: Float64Array): number
  count(): number
}

/** Vectors `dimensions` long; of `from`, the rows of which `taken` is not true are free. */
export function vectorTable(
  dimensions: number,
  from?: StoredVectors,
  taken: (row: number) => boolean = () => true,
): VectorTable {
  let values = from?.values ?? new Int8Array(256 * dimensions)
  let scales = from?.scales ?? new Float32Array(256)
  /** In steps. */
  const sum = new Float64Array(dimensions)
  const free: number[] = []
  let rows = from?.scales.length ?? 0
  let count = 0
  for (let row = 0; row < rows; row += 1) {
    if (taken(row)) counted(row, 1)
    else free.push(row)
  }

  function add(vector: Float32Array): number {
    if (vector.length !== dimensions)
      throw new RangeError(`a vector of ${vector.length} among vectors of ${dimensions}`)
    const row = free.pop() ?? rows++
    if (row >= scales.length) {
      scales = grown(scales, new Float32Array(Math.ceil(row * 1.5) + 256))
      values = grown(values, new Int8Array(scales.length * dimensions))
    }
    let largest = 0
    for (const value of vector) largest = Math.max(largest, Math.abs(value))
    const scale = Math.fround(largest / 127) || 1
    scales[row] = scale
    for (let place = 0; place < dimensions; place += 1)
      values[row * dimensions + place] = Math.round((vector[place] as number) / scale)
    counted(row, 1)
    return row
  }

  function counted(row: number, change: 1 | -1): void {
    addSteps(sum, values, row * dimensions, (change * (scales[row] as number)) / STEP)
    count += change
  }

  return {
    add,
    free(row) {
      counted(row, -1)
      free.push(row)
    },
    dot: (row, query) => product(values, row * dimensions, query) * (scales[row] as number),
    bytesOf(rows) {
      const all = new Int8Array(rows.length * dimensions)
      for (const [place, row] of rows.entries())
        all.set(values.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions)
      return all
    },
    bytes: () => values.subarray(0, rows * dimensions),
    scales: () => scales.subarray(0, rows),
    meanDot(query) {
      if (count === 0) return 0
      let total = 0
      for (let place = 0; place < dimensions; place += 1) total += (sum[place] as number) * (query[place] as number)
      return (total * STEP) / count
    },
    count: () => count,
  }
}

function addSteps(sum: Float64Array, values: Int8Array, start: number, scale: number): void {
  for (let place = 0; place < sum.length; place += 1)
    sum[place] = (sum[place] as number) + Math.round((values[start + place] as number) * scale)
}

/** Four sums at once: additions then do not wait for one another. A function of its own, since captured variables are slow here. */
function product(values: Int8Array, start: number, query: Float64Array): number {
  const length = query.length
  let one = 0
  let two = 0
  let three = 0
  let four = 0
  let place = 0
  for (; place + 3 < length; place += 4) {
    const at = start + place
    one += (values[at] as number) * (query[place] as number)
    two += (values[at + 1] as number) * (query[place + 1] as number)
    three += (values[at + 2] as number) * (query[place + 2] as number)
    four += (values[at + 3] as number) * (query[place + 3] as number)
  }
  for (; place < length; place += 1) one += (values[start + place] as number) * (query[place] as number)
  return one + two + three + four
}

/** Vectors by row as int8, scaled by each row's largest value: a quarter of the memory, cosines equal to the third decimal. */
export type VectorTable = {
  /** Stores into the lowest free row. */
  add(vector: Float32Array): number
  free(row: number): void
  /** `query` in 64 bits: converting each element anew would cost a third of a scan. */
  dot(row: number, query: Float64Array): number
  /** The rows one after another. */
  readAll(rows: number[]): Float32Array
  /** The query's product with the mean of all stored vectors. */
  meanDot(query: Float64Array): number
  count(): number
}

/** Vectors `dimensions` long. */
export function vectorTable(dimensions: number): VectorTable {
  let values = new Int8Array(256 * dimensions)
  let scales = new Float32Array(256)
  const sum = new Float64Array(dimensions)
  const free: number[] = []
  let rows = 0
  let count = 0

  function add(vector: Float32Array): number {
    if (vector.length !== dimensions)
      throw new RangeError(`a vector of ${vector.length} among vectors of ${dimensions}`)
    const row = free.pop() ?? rows++
    if (row >= scales.length) grow()
    let largest = 0
    for (const value of vector) largest = Math.max(largest, Math.abs(value))
    const scale = largest / 127 || 1
    scales[row] = scale
    for (let place = 0; place < dimensions; place += 1) {
      values[row * dimensions + place] = Math.round((vector[place] as number) / scale)
      sum[place] = (sum[place] as number) + (values[row * dimensions + place] as number) * scale
    }
    count += 1
    return row
  }

  function grow(): void {
    const larger = new Int8Array(Math.ceil(values.length * 1.5))
    larger.set(values)
    values = larger
    const scaled = new Float32Array(Math.floor(larger.length / dimensions))
    scaled.set(scales)
    scales = scaled
  }

  return {
    add,
    free(row) {
      const scale = scales[row] as number
      for (let place = 0; place < dimensions; place += 1)
        sum[place] = (sum[place] as number) - (values[row * dimensions + place] as number) * scale
      free.push(row)
      count -= 1
    },
    dot: (row, query) => product(values, row * dimensions, query) * (scales[row] as number),
    readAll(rows) {
      const all = new Float32Array(rows.length * dimensions)
      for (const [place, row] of rows.entries())
        for (let column = 0; column < dimensions; column += 1)
          all[place * dimensions + column] = (values[row * dimensions + column] as number) * (scales[row] as number)
      return all
    },
    meanDot(query) {
      if (count === 0) return 0
      let total = 0
      for (let place = 0; place < dimensions; place += 1) total += (sum[place] as number) * (query[place] as number)
      return total / count
    },
    count: () => count,
  }
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

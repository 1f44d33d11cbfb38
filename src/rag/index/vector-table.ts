/** Vectors by row as int8, scaled by each row's largest value: a quarter of the memory, cosines equal to the third decimal. */
export type VectorTable = {
  /** Stores into the lowest free row. */
  add(vector: Float32Array): number
  free(row: number): void
  dot(row: number, query: Float32Array): number
  read(row: number): Float32Array
  /** The query's product with the mean of all stored vectors. */
  meanDot(query: Float32Array): number
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
    dot(row, query) {
      const start = row * dimensions
      let total = 0
      for (let place = 0; place < dimensions; place += 1)
        total += (values[start + place] as number) * (query[place] as number)
      return total * (scales[row] as number)
    },
    read: (row) =>
      Float32Array.from(
        values.subarray(row * dimensions, (row + 1) * dimensions),
        (value) => value * (scales[row] as number),
      ),
    meanDot(query) {
      if (count === 0) return 0
      let total = 0
      for (let place = 0; place < dimensions; place += 1) total += (sum[place] as number) * (query[place] as number)
      return total / count
    },
    count: () => count,
  }
}

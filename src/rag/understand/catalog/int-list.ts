/** Whole numbers in a growing typed array: four bytes each, however many there are. */
export type IntList = { push(value: number): void; view(): Int32Array }

export function intList(from = new Int32Array(0)): IntList {
  let values = from
  let size = from.length
  return {
    push(value) {
      if (size === values.length) {
        const larger = new Int32Array(Math.max(4, size * 2))
        larger.set(values)
        values = larger
      }
      values[size] = value
      size += 1
    },
    view: () => values.subarray(0, size),
  }
}

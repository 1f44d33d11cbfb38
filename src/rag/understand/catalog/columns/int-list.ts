/** Whole numbers in a growing typed array: four bytes each, however many there are. */
export type IntList = { values: Int32Array; size: number }

export const intList = (from = new Int32Array(0)): IntList => ({ values: from, size: from.length })

export function push(list: IntList, value: number): void {
  if (list.size === list.values.length) {
    const larger = new Int32Array(Math.max(4, list.size + (list.size >> 1)))
    larger.set(list.values)
    list.values = larger
  }
  list.values[list.size] = value
  list.size += 1
}

export const viewOf = (list: IntList): Int32Array => list.values.subarray(0, list.size)

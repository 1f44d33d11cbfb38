type Place = { left: number; right: number; top: number; bottom: number }

/** Something this large is still seen around the button. */
const LARGE_SHARE = 0.2

/** Whether the button at `place` lies over `focused` so that it could hide it, in a window of `area` square pixels. Source: WCAG 2.2, 2.4.11. */
export function hides(place: Place, focused: Place, area: number): boolean {
  const overlaps =
    focused.left < place.right && focused.right > place.left && focused.top < place.bottom && focused.bottom > place.top
  return overlaps && (focused.right - focused.left) * (focused.bottom - focused.top) < area * LARGE_SHARE
}

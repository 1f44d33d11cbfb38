import type { Clock } from '#telemetry/clock.port.ts'
import { systemClock } from '#telemetry/clock.ts'

/** The system's clock, whose calendar a test moves: `now` jumps by `move(ms)`, waiting stays real. */
export function movableClock(start = new Date('2026-03-04T10:00:00.000Z')): Clock & { move(ms: number): void } {
  const system = systemClock()
  const began = system.elapsed()
  let moved = 0
  return {
    ...system,
    now: () => new Date(start.getTime() + Math.floor(system.elapsed() - began) + moved),
    move: (ms) => {
      moved += ms
    },
  }
}

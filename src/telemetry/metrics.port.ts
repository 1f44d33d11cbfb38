/** Counters and timings, readable at `GET /metrics` in the Prometheus text format. Label values are few and never personal. */
export type Metrics = {
  count(name: string, labels?: Record<string, string>): void
  /** Seconds. */
  time(name: string, seconds: number, labels?: Record<string, string>): void
  gauge(name: string, value: number, labels?: Record<string, string>): void
  text(signal: AbortSignal): Promise<string>
}

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from './metrics.port.ts'

/** From a memory look-up to a slow model, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Metrics in the Prometheus text format, names under `purser_`. A name keeps the labels of its first use. */
export function prometheusMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const counters = new Map<string, Counter>()
  const timers = new Map<string, Histogram>()
  const gauges = new Map<string, Gauge>()

  return {
    count(name, labels = {}) {
      named(counters, name, () => new Counter({ ...definition(name, labels), registers: [registry] })).inc(labels)
    },
    time(name, seconds, labels = {}) {
      named(
        timers,
        name,
        () => new Histogram({ ...definition(name, labels), buckets: BUCKETS, registers: [registry] }),
      ).observe(labels, seconds)
    },
    gauge(name, value, labels = {}) {
      named(gauges, name, () => new Gauge({ ...definition(name, labels), registers: [registry] })).set(labels, value)
    },
    text: () => registry.metrics(),
  }
}

function definition(name: string, labels: Record<string, string>) {
  return { name: `purser_${name}`, help: name.replaceAll('_', ' '), labelNames: Object.keys(labels) }
}

function named<Metric>(known: Map<string, Metric>, name: string, make: () => Metric): Metric {
  const found = known.get(name) ?? make()
  known.set(name, found)
  return found
}

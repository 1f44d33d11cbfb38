// Preloaded into a process (`node --import …/later-clock.ts?ms=180000`): its clock is ahead by so much, in every thread. What
// waits for a minute to pass, since the process that had begun it is dead, is then due at once.
const aheadMs = Number(new URL(import.meta.url).searchParams.get('ms'))
const System = Date
const now = () => System.now() + aheadMs

globalThis.Date = new Proxy(System, {
  construct: (target, args, asked) =>
    Reflect.construct(target, args.length > 0 ? args : [now()], asked === Date ? target : asked),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

// What every JavaScript platform has and the language's own library leaves out. core and protocol run in Node and in
// the browser, so they see neither platform's types, only these.
declare function setTimeout(callback: () => void, milliseconds?: number): unknown;
declare function clearTimeout(timer: unknown): void;
interface ErrorConstructor {
  /** How many frames a new error collects. Engines other than V8 ignore it. */
  stackTraceLimit: number;
}

import { dirname } from 'node:path';
import * as z from 'zod';
import { parseJson } from '../../../core/text/exactNumber.ts';
import type { Json } from '../../../core/text/json.ts';
import type { Case, Comparator } from '../../../core/task/task.ts';
import { compareText, compareValue, type Equality } from '../../outcome/compare.ts';
import { scratchFolder, type SandboxFile, type SandboxOutcome } from '../../sandbox/sandbox.ts';
import { decodeOutput, displayText, tellingLine } from '../../outcome/text.ts';
import type { FoundToolchain, CaseProgram, CaseVerdict } from '../../toolchains/toolchain.ts';
import { plainValue, type WireValue } from '../../outcome/value.ts';
import { unfinishedTests } from './testRun.ts';

// Shared by all languages: the environment of a program, and how to read the outcomes of each case kind.

export type CaseOf<Kind extends Case['kind']> = Extract<Case, { kind: Kind }>;

/** The runner's folder inside the scratch folder; an answer may not have files in it. */
export const ownFolder = '.tiebreak';

/** The whole environment of a program: the same on every machine and in every run. */
export function baseEnvironment(found: FoundToolchain): Record<string, string> {
  return {
    PATH: [dirname(found.program), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    HOME: scratchFolder,
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
  };
}

/**
 * The file to start from: the entry if it names a file, else the language's usual file, else the first file
 * with the right extension.
 */
export function mainFile(
  files: readonly Pick<SandboxFile, 'path'>[],
  entry: string | undefined,
  usual: string,
  extensions: readonly string[],
): string {
  const paths = files.map((file) => file.path);
  if (entry !== undefined && paths.includes(entry)) return entry;
  if (paths.includes(usual)) return usual;
  return paths.find((path) => extensions.some((extension) => path.endsWith(extension))) ?? usual;
}

/** An answer's files, and the file that a case starts from. */
export interface AnswerSource<File extends SandboxFile = SandboxFile> {
  readonly files: readonly File[];
  readonly main: string;
  readonly entry: string | undefined;
}

/**
 * The function to call: the function that the case names, else the task's entry unless that is a file, else
 * the first function that the main file defines. `definition` matches its name in any of its groups.
 */
export function calledFunction(
  testCase: CaseOf<'call'>,
  { files, main, entry }: AnswerSource,
  definition?: RegExp,
): string | undefined {
  if (testCase.function !== undefined) return testCase.function;
  if (entry !== undefined && !files.some((file) => file.path === entry)) return entry;
  const file = files.find(({ path }) => path === main);
  const groups = file === undefined ? undefined : definition?.exec(textOfFile(file));
  return groups?.slice(1).find((group) => group !== undefined);
}

export function textOfFile(file: SandboxFile): string {
  return 'text' in file ? file.text : decodeOutput(file.bytes);
}

/** Runs a command unchanged, in the folder of the answer's files. */
export function commandProgram(
  testCase: CaseOf<'command'>,
  files: readonly SandboxFile[],
  env: Readonly<Record<string, string>>,
): CaseProgram {
  return {
    argv: testCase.argv,
    files: [...new Map([...files, ...(testCase.files ?? [])].map((file) => [file.path, file])).values()],
    env,
    ...(testCase.input === undefined ? {} : { stdin: testCase.input }),
    ...(testCase.folders === undefined ? {} : { folders: testCase.folders }),
    collect: (testCase.expect.files ?? []).map((file) => file.path),
  };
}

/** The error for a case kind that is not in the toolchain's `kinds`, so it should never get this far. */
export function unexpectedKind(testCase: Case): RangeError {
  return new RangeError(`a case of kind ${testCase.kind} must not reach a toolchain`);
}

/** Reads a program that received an input: it must exit with status 0 and print the expected output. */
export function readStdin(testCase: CaseOf<'stdin'>, outcome: SandboxOutcome): CaseVerdict {
  const printed = decodeOutput(outcome.stdout);
  const shown = { expected: displayText(testCase.output), actual: displayText(printed) };
  if (outcome.exit !== 0) return { verdict: 'error', reason: howItEnded(outcome), ...shown };
  return {
    ...judged(compareText(testCase.comparator ?? { kind: 'trailing-space' }, testCase.output, printed)),
    ...shown,
  };
}

/**
 * Reads a command. Every expectation on exit status, output, errors and files must hold; each failure adds a
 * reason.
 */
export function readCommand(testCase: CaseOf<'command'>, outcome: SandboxOutcome): CaseVerdict {
  const { expect } = testCase;
  const comparator = expect.comparator ?? { kind: 'trailing-space' };
  const reasons: string[] = [];
  const expected: Record<string, Json> = {};
  const actual: Record<string, Json> = {};
  const hold = (what: string, wanted: string, given: string | undefined): void => {
    expected[what] = displayText(wanted);
    actual[what] = given === undefined ? null : displayText(given);
    const comparison = given === undefined ? undefined : compareText(comparator, wanted, given);
    if (comparison?.equal !== true) reasons.push(`${what}: ${comparison?.reason ?? 'is missing'}`);
  };
  // Without any expectation, a command is expected to succeed.
  const exit = expect.exit ?? (Object.keys(expect).length === 0 ? 0 : undefined);
  if (exit !== undefined) {
    expected['exit'] = exit;
    actual['exit'] = outcome.exit ?? outcome.signal;
    if (outcome.exit !== exit) reasons.push(`exit: ${howItEnded(outcome)}`);
  }
  if (expect.stdout !== undefined) hold('stdout', expect.stdout, decodeOutput(outcome.stdout));
  if (expect.stderr !== undefined) hold('stderr', expect.stderr, decodeOutput(outcome.stderr));
  for (const file of expect.files ?? []) {
    const bytes = outcome.collected.get(file.path);
    hold(file.path, file.text, bytes === undefined ? undefined : decodeOutput(bytes));
  }
  const looksAtOutput = expect.stdout !== undefined || expect.stderr !== undefined;
  const unfinished =
    reasons.length === 0 && exit === 0 && !looksAtOutput
      ? unfinishedTests(testCase.argv, outcome)
      : undefined;
  if (unfinished !== undefined) return { verdict: 'error', reason: unfinished, expected, actual };
  return { ...judged({ equal: reasons.length === 0, reason: reasons.join('; ') }), expected, actual };
}

/** The frame that a wrapper sends once for a call. A value is always JSON because the frame is JSON. */
const callFrameSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('done'), value: z.custom<WireValue>() }),
  z.object({ stage: z.enum(['load', 'call']), names: z.array(z.string()), message: z.string() }),
  z.object({ stage: z.literal('missing') }),
  /**
   * The language's types and JSON do not fit together for this value: the case is neither failed nor
   * anybody's fault.
   */
  z.object({ stage: z.literal('unsupported'), message: z.string() }),
]);
type CallFrame = z.infer<typeof callFrameSchema>;

/** Reads a call: compares the returned value or the thrown error with what the case expects. */
export function readCall(testCase: CaseOf<'call'>, outcome: SandboxOutcome): CaseVerdict {
  const shown = testCase.expected === undefined ? {} : { expected: testCase.expected };
  const frame = callFrameSchema.safeParse(frames(outcome).at(-1)).data;
  if (frame === undefined)
    return { verdict: 'error', reason: `the function returned no value: ${howItEnded(outcome)}`, ...shown };
  if (frame.stage === 'missing') {
    const name =
      testCase.function === undefined ? 'a function to call' : `the function "${testCase.function}"`;
    return { verdict: 'error', reason: `the answer does not define ${name}`, ...shown };
  }
  if (frame.stage === 'unsupported')
    return { verdict: 'unsupported', reason: displayText(frame.message), ...shown };
  return frame.stage === 'done' ? readValue(testCase, frame.value) : readThrown(testCase, frame);
}

function readValue(testCase: CaseOf<'call'>, value: WireValue): CaseVerdict {
  const actual = plainValue(value);
  if (testCase.throws !== undefined) {
    return {
      verdict: 'fail',
      reason: `the function returned instead of throwing ${testCase.throws}`,
      actual,
    };
  }
  if (testCase.expected === undefined)
    return { verdict: 'pass', reason: 'the function returned; no value is expected', actual };
  const comparator = testCase.comparator ?? { kind: 'json' };
  const [first, ...others] = [testCase.expected, ...(testCase.alternatives ?? [])].map((right) =>
    compareValue(comparator, right, value),
  );
  const comparison = others.find(({ equal }) => equal && first?.equal !== true) ?? first!;
  return { ...judged(comparison), expected: testCase.expected, actual };
}

/** The errors that runtimes throw when they run out of memory. */
export const memoryErrors = ['MemoryError', 'OutOfMemoryError', 'NoMemoryError', 'bad_alloc'];

function readThrown(
  testCase: CaseOf<'call'>,
  { stage, names, message }: Extract<CallFrame, { names: string[] }>,
): CaseVerdict {
  const thrown = `${names[0] ?? 'an error'}${message === '' ? '' : `: ${displayText(message)}`}`;
  if (names.some((name) => memoryErrors.includes(name))) return { verdict: 'memory', reason: thrown };
  if (testCase.throws === undefined || stage === 'load') {
    const expected = testCase.expected === undefined ? {} : { expected: testCase.expected };
    return {
      verdict: 'error',
      reason: stage === 'load' ? `the file could not be loaded: ${thrown}` : thrown,
      ...expected,
    };
  }
  const shown = { expected: testCase.throws, actual: names[0] ?? 'an error' };
  if (names.includes(testCase.throws)) return { verdict: 'pass', ...shown };
  return { verdict: 'fail', reason: `it threw ${thrown} instead of ${testCase.throws}`, ...shown };
}

/** Adds a value to an outcome as if a wrapper had sent it, for languages whose wrappers cannot write JSON. */
export function valueOutcome(outcome: SandboxOutcome, value: unknown): SandboxOutcome {
  return { ...outcome, channel: new TextEncoder().encode(JSON.stringify({ stage: 'done', value })) };
}

/** The file for frames of wrappers that cannot write to a descriptor by its number. */
export const framesFile = `${ownFolder}/frames`;

/**
 * Adds the content of `framesFile`, which the program collects, to an outcome as if a wrapper had sent it.
 */
export function framesFromFile(outcome: SandboxOutcome): SandboxOutcome {
  const channel = outcome.collected.get(framesFile);
  return channel === undefined ? outcome : { ...outcome, channel };
}

/**
 * The lines of JSON that a wrapper sent. The answer must have written lines that do not parse, so they are
 * ignored. What follows many such lines is ignored too, because each costs the time of an exception.
 */
export function frames(outcome: SandboxOutcome): readonly object[] {
  const found: object[] = [];
  let broken = 0;
  for (const line of decodeOutput(outcome.channel).split('\n')) {
    if (line.trimStart() === '') continue;
    const frame = parseFrame(line);
    if (frame !== undefined) found.push(frame);
    else if ((broken += 1) === maxBroken) break;
  }
  return found;
}

const maxBroken = 5_000;

/**
 * The deepest nesting of a value: as deep as the wrappers go, and far less than what overflows a recursive
 * function.
 */
const deepestFrame = 1_000;

function parseFrame(line: string): object | undefined {
  if (depthOf(line) > deepestFrame) return undefined;
  try {
    const value = parseJson(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The deepest nesting of brackets in a JSON text, not counting brackets in strings. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at]!;
    if (character === '"') isInString = !isInString;
    else if (isInString) at += character === '\\' ? 1 : 0;
    else if (character === '[' || character === '{') deepest = Math.max(deepest, (depth += 1));
    else if (character === ']' || character === '}') depth -= 1;
  }
  return deepest;
}

/** "exit status 1: ValueError: …": the exit status and the line of the error output that says why. */
export function howItEnded(outcome: SandboxOutcome): string {
  const ended = outcome.signal === null ? `exit status ${outcome.exit}` : `ended by ${outcome.signal}`;
  const why = tellingLine(displayText(decodeOutput(outcome.stderr)));
  return why === '' ? ended : `${ended}: ${why}`;
}

function judged({ equal, incomparable, reason }: Equality): CaseVerdict {
  if (incomparable) return { verdict: 'unsupported', reason: displayText(reason ?? '') };
  const said = reason === undefined || reason === '' ? {} : { reason };
  return { verdict: equal ? 'pass' : 'fail', ...said };
}

/** The comparator of a case, if its kind has one. */
export function comparatorOf(testCase: Case): Comparator | undefined {
  if (testCase.kind === 'call' || testCase.kind === 'stdin') return testCase.comparator;
  return testCase.kind === 'command' ? testCase.expect.comparator : undefined;
}

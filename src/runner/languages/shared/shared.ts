import { dirname } from 'node:path';
import * as z from 'zod';
import type { Json } from '../../core/json.ts';
import type { Case, Comparator } from '../../core/task.ts';
import { compareText, compareValue, type Comparison } from '../compare.ts';
import { scratchFolder, type SandboxFile, type SandboxOutcome } from '../sandbox.ts';
import { decodeOutput, displayText, tellingLine } from '../text.ts';
import type { FoundToolchain, Program, Reading } from '../toolchain.ts';
import { plainValue, type WireValue } from '../value.ts';

// What every language shares: the environment of a program, and how outcomes of the case kinds are read.

export type CaseOf<Kind extends Case['kind']> = Extract<Case, { kind: Kind }>;

/** The folder inside the scratch folder that belongs to the runner; an answer may have no file in it. */
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

/** The file to start from: the entry where it names one, else the language's usual name, else the first of its kind. */
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

/** The function a `call` case names, or the task's entry unless that is a file. */
export function functionName(
  testCase: CaseOf<'call'>,
  entry: string | undefined,
  files: readonly Pick<SandboxFile, 'path'>[],
): string | undefined {
  if (testCase.function !== undefined) return testCase.function;
  return files.some((file) => file.path === entry) ? undefined : entry;
}

/** The name that the first group of a pattern finds in the main file: the function to call where no case names one. */
export function definedFunction(
  files: readonly SandboxFile[],
  main: string,
  definition: RegExp,
): string | undefined {
  const file = files.find(({ path }) => path === main);
  const groups = file === undefined ? undefined : definition.exec(textOfFile(file));
  return groups?.slice(1).find((group) => group !== undefined);
}

export function textOfFile(file: SandboxFile): string {
  return 'text' in file ? file.text : decodeOutput(file.bytes);
}

/** A command runs as it stands, beside the answer's files. */
export function commandProgram(
  testCase: CaseOf<'command'>,
  files: readonly SandboxFile[],
  env: Readonly<Record<string, string>>,
): Program {
  return {
    argv: testCase.argv,
    files: [...new Map([...files, ...(testCase.files ?? [])].map((file) => [file.path, file])).values()],
    env,
    ...(testCase.input === undefined ? {} : { stdin: testCase.input }),
    ...(testCase.folders === undefined ? {} : { folders: testCase.folders }),
    collect: (testCase.expect.files ?? []).map((file) => file.path),
  };
}

/** For a case kind that the toolchain does not list in `kinds`, and that therefore never reaches it. */
export function unexpectedKind(testCase: Case): RangeError {
  return new RangeError(`no toolchain was to run a case of kind ${testCase.kind}`);
}

/** Reads a program that was fed an input: it must end well and print what is expected. */
export function readStdin(testCase: CaseOf<'stdin'>, outcome: SandboxOutcome): Reading {
  const printed = decodeOutput(outcome.stdout);
  const shown = { expected: displayText(testCase.output), actual: displayText(printed) };
  if (outcome.exit !== 0) return { verdict: 'error', reason: howItEnded(outcome), ...shown };
  return {
    ...judged(compareText(testCase.comparator ?? { kind: 'trailing-space' }, testCase.output, printed)),
    ...shown,
  };
}

/** Reads a command: whatever is expected of exit status, output, errors and files must hold, each with its reason. */
export function readCommand(testCase: CaseOf<'command'>, outcome: SandboxOutcome): Reading {
  const { expect } = testCase;
  const comparator = expect.comparator ?? { kind: 'trailing-space' };
  const reasons: string[] = [];
  const expected: Record<string, Json> = {};
  const actual: Record<string, Json> = {};
  const hold = (what: string, wanted: string, given: string | undefined): void => {
    expected[what] = displayText(wanted);
    actual[what] = given === undefined ? null : displayText(given);
    const comparison = given === undefined ? undefined : compareText(comparator, wanted, given);
    if (comparison?.equal !== true) reasons.push(`${what}: ${comparison?.reason ?? 'is not there'}`);
  };
  // With nothing at all expected, a command is expected to succeed.
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
  return { ...judged({ equal: reasons.length === 0, reason: reasons.join('; ') }), expected, actual };
}

/** What a wrapper sends of a call, once. A value is JSON by the way it came. */
const callFrameSchema = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('done'), value: z.custom<WireValue>() }),
  z.object({ stage: z.enum(['load', 'call']), names: z.array(z.string()), message: z.string() }),
  z.object({ stage: z.literal('missing') }),
  /** A value that the language's types and JSON cannot be brought together for: nobody's fault, and no failed case. */
  z.object({ stage: z.literal('unsupported'), message: z.string() }),
]);
type CallFrame = z.infer<typeof callFrameSchema>;

/** Reads a call: the value that came back, or what was thrown, against what the case expects. */
export function readCall(testCase: CaseOf<'call'>, outcome: SandboxOutcome): Reading {
  const shown = testCase.expected === undefined ? {} : { expected: testCase.expected };
  const frame = callFrameSchema.safeParse(frames(outcome).at(-1)).data;
  if (frame === undefined)
    return { verdict: 'error', reason: `no value came back: ${howItEnded(outcome)}`, ...shown };
  if (frame.stage === 'missing') {
    const name =
      testCase.function === undefined ? 'a function to call' : `the function "${testCase.function}"`;
    return { verdict: 'error', reason: `the answer does not define ${name}`, ...shown };
  }
  if (frame.stage === 'unsupported')
    return { verdict: 'unsupported', reason: displayText(frame.message), ...shown };
  return frame.stage === 'done' ? readValue(testCase, frame.value) : readThrown(testCase, frame);
}

function readValue(testCase: CaseOf<'call'>, value: WireValue): Reading {
  const actual = plainValue(value);
  if (testCase.throws !== undefined) {
    return { verdict: 'fail', reason: `it returned and did not throw ${testCase.throws}`, actual };
  }
  if (testCase.expected === undefined)
    return { verdict: 'pass', reason: 'it returned; no value is expected', actual };
  const comparison = compareValue(testCase.comparator ?? { kind: 'json' }, testCase.expected, value);
  return { ...judged(comparison), expected: testCase.expected, actual };
}

/** What runtimes throw when they have no more memory. */
export const memoryErrors = ['MemoryError', 'OutOfMemoryError', 'NoMemoryError', 'bad_alloc'];

function readThrown(
  testCase: CaseOf<'call'>,
  { stage, names, message }: Extract<CallFrame, { names: string[] }>,
): Reading {
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

/** An outcome as if a wrapper had sent this value, for languages whose wrappers cannot write JSON. */
export function valueOutcome(outcome: SandboxOutcome, value: unknown): SandboxOutcome {
  return { ...outcome, channel: new TextEncoder().encode(JSON.stringify({ stage: 'done', value })) };
}

/** Where wrappers write their frames that cannot write to a descriptor by its number. */
export const framesFile = `${ownFolder}/frames`;

/** An outcome as if what stands in `framesFile`, which the program collects, had been sent. */
export function framesFromFile(outcome: SandboxOutcome): SandboxOutcome {
  const channel = outcome.collected.get(framesFile);
  return channel === undefined ? outcome : { ...outcome, channel };
}

/** Lines of JSON that a wrapper sent. What does not parse was written by the answer, and means nothing. */
export function frames(outcome: SandboxOutcome): readonly object[] {
  return decodeOutput(outcome.channel)
    .split('\n')
    .map(parseFrame)
    .filter((frame) => frame !== undefined);
}

/** How deep a value may nest: as deep as the wrappers go, and far less than a recursion over it can bear. */
const deepestFrame = 1_000;

function parseFrame(line: string): object | undefined {
  if (depthOf(line) > deepestFrame) return undefined;
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The deepest nesting of brackets in a JSON text, outside of its strings. */
function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/g)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, (depth += 1));
    else if (token === ']' || token === '}') depth -= 1;
  }
  return deepest;
}

/** "exit status 1: ValueError: …": with the line of the errors that says why. */
export function howItEnded(outcome: SandboxOutcome): string {
  const ended = outcome.signal === null ? `exit status ${outcome.exit}` : `ended by ${outcome.signal}`;
  const why = tellingLine(displayText(decodeOutput(outcome.stderr)));
  return why === '' ? ended : `${ended}: ${why}`;
}

function judged({ equal, reason }: Comparison): Reading {
  if (equal) return { verdict: 'pass' };
  return { verdict: 'fail', ...(reason === undefined || reason === '' ? {} : { reason }) };
}

/** The comparator of a case, where its kind has one. */
export function comparatorOf(testCase: Case): Comparator | undefined {
  if (testCase.kind === 'call' || testCase.kind === 'stdin') return testCase.comparator;
  return testCase.kind === 'command' ? testCase.expect.comparator : undefined;
}

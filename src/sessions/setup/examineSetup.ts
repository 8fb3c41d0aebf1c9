import { checkRequest, looksAt, type Check } from '../../checks/check.ts';
import { messageOf } from '../../core/errors.ts';
import type { CheckReport } from '../../core/run/diagnostic.ts';
import type { CaseResult } from '../../core/run/run.ts';
import { unsandboxed } from '../../core/run/unsandboxed.ts';
import type { Case } from '../../core/task/task.ts';
import type { Runner } from '../../runner/runner.ts';
import type { Sandbox, SandboxStatus } from '../../runner/sandbox/sandbox.ts';
import type { FoundToolchain, Toolchain } from '../../runner/toolchains/toolchain.ts';
import type { Toolchains } from '../../runner/toolchains/toolchains.ts';
import { reportOf } from '../review/programChecks.ts';

/** `found`: it is installed, but could not be tried, because no sandbox works. */
export type SetupState = 'works' | 'found' | 'missing' | 'fails';

/** A part of the set-up of this machine. */
export interface SetupPart {
  readonly name: string;
  readonly state: SetupState;
  /** What was found, or what is wrong and the remedy; sentences without a final full stop. */
  readonly text: string;
}

export interface LanguagePart extends SetupPart {
  /** The checks of the language; none if it does not work. */
  readonly checks: readonly SetupPart[];
}

/** What works on this machine and what does not. */
export interface SetupReport {
  /** Every kind of sandbox of the platform, the best first: the first that works is used. */
  readonly sandboxes: readonly SetupPart[];
  readonly languages: readonly LanguagePart[];
}

/** What the report is made with. */
export interface SetupTools {
  readonly sandboxes: readonly Sandbox[];
  /** The sandbox in which the runner and the checks run. */
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
  readonly runner: Runner;
  readonly checks: readonly Check[];
}

export interface SetupOptions {
  readonly signal: AbortSignal;
  /** Called after each language. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Whether answers in at least one language run in a sandbox. */
export function isUsable({ sandboxes, languages }: SetupReport): boolean {
  return [sandboxes, languages].every((parts) => parts.some(({ state }) => state === 'works'));
}

/**
 * Tries every sandbox, and runs a small program of each language and all of the language's checks on it. Nothing is recorded.
 * Rejects if `signal` fires.
 */
export async function examineSetup(
  tools: SetupTools,
  { signal, onProgress = () => {} }: SetupOptions,
): Promise<SetupReport> {
  const { languages } = tools.toolchains;
  const sandboxes = await sandboxParts(tools);
  const { usable } = await tools.sandbox.status();
  let done = 0;
  const parts = languages.map(async (language) => {
    const part = await languagePart(language, usable, tools, signal);
    onProgress((done += 1), languages.length);
    return part;
  });
  return { sandboxes, languages: await Promise.all(parts) };
}

async function sandboxParts({ sandboxes, sandbox }: SetupTools): Promise<SetupPart[]> {
  const parts = await Promise.all(sandboxes.map(async (each) => sandboxPart(await each.status())));
  const chosen = await sandbox.status();
  return chosen.kind === unsandboxed ? [...parts, sandboxPart(chosen)] : parts;
}

function sandboxPart(status: SandboxStatus): SetupPart {
  const { kind: name } = status;
  if (!status.usable) return { name, state: 'fails', text: `${status.missing} is missing. ${status.remedy}` };
  return { name, state: 'works', text: status.notes.join('; ') };
}

async function languagePart(
  language: string,
  canRun: boolean,
  tools: SetupTools,
  signal: AbortSignal,
): Promise<LanguagePart> {
  const found = await tools.toolchains.detect(language);
  if ('missing' in found) {
    const text = `${found.missing} was not found. ${found.remedy}`;
    return { name: language, state: 'missing', text, checks: [] };
  }
  const text = `${found.name} ${found.version}, ${found.program}`;
  if (!canRun) return { name: language, state: 'found', text, checks: [] };
  const problem = await runProblem(tools.toolchains.toolchain(language), tools.runner, signal);
  signal.throwIfAborted();
  if (problem !== undefined)
    return { name: language, state: 'fails', text: failure(found, problem), checks: [] };
  return { name: language, state: 'works', text, checks: await checkParts(language, tools, signal) };
}

function failure({ name, version, program }: FoundToolchain, problem: string): string {
  const what = `${name} ${version} was found, but a small program does not run with it: ${problem}`;
  return `${what}. Try ${program} in a terminal, and install it again if it does not work there`;
}

const helloCase: Case = { id: 'hello', origin: 'task', kind: 'stdin', input: '', output: 'hello' };

/** Why the language's own test program does not print "hello"; `undefined` if it does. */
async function runProblem(
  toolchain: Toolchain,
  runner: Runner,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { language, mainFile, selfTest } = toolchain;
  const request = {
    taskId: 'setup',
    answerId: 'hello',
    language,
    files: [{ path: mainFile, text: selfTest.hello }],
    cases: [helloCase],
  };
  try {
    const { results } = await runner.run(request, { signal, unrecorded: true });
    const [result] = results;
    return result === undefined ? 'it was interrupted' : resultProblem(result);
  } catch (error) {
    return messageOf(error);
  }
}

function resultProblem({ verdict, reason, stderr }: CaseResult): string | undefined {
  if (verdict === 'pass') return undefined;
  const said = stderr.trim().split('\n').at(-1);
  return (reason ?? (said === undefined || said === '' ? verdict : said)).trim().replace(/\.$/, '');
}

/** The checks of a language, tried on its test program. Checks that only look at text need nothing, and are left out. */
async function checkParts(
  language: string,
  { checks, toolchains }: SetupTools,
  signal: AbortSignal,
): Promise<SetupPart[]> {
  const { mainFile, selfTest } = toolchains.toolchain(language);
  const files = [{ path: mainFile, text: selfTest.hello }];
  const request = checkRequest('hello', language, files, []);
  const fitting = checks.filter((check) => check.languages !== 'any' && looksAt(check, language));
  const reports = await Promise.all(fitting.map((check) => reportOf(check, request, signal)));
  signal.throwIfAborted();
  return reports.map(({ report }) => checkPart(report));
}

function checkPart({ check: name, status, version, reason }: CheckReport): SetupPart {
  if (status === 'done') return { name, state: 'works', text: version };
  return { name, state: status === 'missing' ? 'missing' : 'fails', text: reason ?? status };
}

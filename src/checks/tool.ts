import { codeHash, distinctFiles } from '../core/codeHash.ts';
import type { CheckReport, Diagnostic } from '../core/diagnostic.ts';
import { messageOf } from '../core/errors.ts';
import { contentHash } from '../core/hash.ts';
import type { FullLimits, SourceFile } from '../core/task.ts';
import { layoutProblem } from '../runner/layout.ts';
import { scratchFolder, type Sandbox, type SandboxOutcome } from '../runner/sandbox.ts';
import { decodeOutput, displayText } from '../runner/text.ts';
import type { MissingToolchain } from '../runner/toolchain.ts';
import type { CheckCache, CheckRequest } from './check.ts';

/** A tool that was found, and how it looks at one answer. */
export interface Tool {
  readonly version: string;
  /** Absolute path of the program, and its arguments. */
  readonly argv: readonly string[];
  /** What lies in the scratch folder: the answer's files, as the tool wants them, and the tool's own. */
  readonly files: readonly SourceFile[];
  readonly env?: Readonly<Record<string, string>>;
  /** Paths of the host that it reads. */
  readonly readOnly: readonly string[];
  /** See `SandboxJob.reservesMemory`. */
  readonly reservesMemory?: boolean;
  /** Reads what it printed; throws what it likes when that is not its output. */
  read(printed: Printed): readonly Diagnostic[];
}

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** What was looked for, and how to get it. */
export type MissingTool = Pick<MissingToolchain, 'missing' | 'mend'>;

/** A checker takes a few seconds of processor; these bounds are for an answer that attacks it. */
const limits: FullLimits = {
  cpuMs: 30_000,
  wallMs: 60_000,
  memoryBytes: 3 << 29,
  processes: 64,
  fileBytes: 64 << 20,
  outputBytes: 16 << 20,
};

/** So many findings of one tool are kept; whoever wants to read more has seen enough. */
const mostDiagnostics = 300;

type Result = Pick<CheckReport, 'status'> & Partial<CheckReport>;

/** Where tools run, and what is known of earlier runs. */
export interface Workbench {
  readonly sandbox: Sandbox;
  readonly memory?: CheckMemory | undefined;
}

export interface CheckMemory {
  readonly cache: CheckCache;
  /** Names the program that reads what tools print: another one may read it otherwise. */
  readonly reader: string;
}

/**
 * Runs a tool in the sandbox. Whatever goes wrong is a report: an answer must not be able to hide behind an error.
 * `prepare` finds the tool and says how it is started over the given files.
 */
export async function runTool(
  id: string,
  { sandbox, memory }: Workbench,
  request: CheckRequest,
  prepare: (files: readonly SourceFile[]) => Promise<Tool | MissingTool>,
  signal: AbortSignal | undefined,
): Promise<CheckReport> {
  const files = distinctFiles(request.files);
  const tool = await prepare(files);
  const report = (rest: Result): CheckReport => ({
    check: id,
    version: 'missing' in tool ? '' : tool.version,
    answerId: request.answerId,
    codeHash: codeHash(files),
    diagnostics: [],
    ...rest,
  });
  const problem = layoutProblem(files);
  if (problem !== undefined) return report({ status: 'failed', reason: problem });
  if ('missing' in tool)
    return report({ status: 'missing', reason: `${tool.missing} was not found. ${tool.mend}` });
  const status = await sandbox.status();
  if (!status.usable)
    return report({ status: 'missing', reason: `${status.missing} is missing. ${status.mend}` });
  const key = memory && contentHash(dependsOn(id, memory, tool, files));
  // Where the store cannot be read or written, the tool is run again: that costs time, and nothing else.
  const known = key && (await memory.cache.cachedCheck(key).catch(() => undefined));
  if (known) return { ...known, answerId: request.answerId };
  const { argv, env, readOnly, reservesMemory = false } = tool;
  const outcome = await sandbox.run(
    { argv, files: tool.files, env: { ...environment, ...env }, readOnly, limits, reservesMemory },
    signal,
  );
  const made = report(readOutcome(outcome, id, tool, files));
  if (key && isLasting(made)) await memory.cache.saveCheck(key, made).catch(() => {});
  return made;
}

/** All that decides what is said: the tool with its version, arguments and settings, and the answer's own files. */
function dependsOn(id: string, { reader }: CheckMemory, tool: Tool, files: readonly SourceFile[]): object {
  const { version, argv, env = {}, files: laid } = tool;
  return { id, reader, version, argv, env, laid, code: codeHash(files) };
}

/** What is only missing here may be installed tomorrow; what the machine did to a tool is not the answer's. */
function isLasting({ status, diagnostics }: CheckReport): boolean {
  return (
    status === 'done' &&
    !diagnostics.some(({ category, severity }) => category === 'unknown-api' && severity === 'info')
  );
}

const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: scratchFolder,
  TMPDIR: '/tmp',
  LANG: 'C.UTF-8',
};

/** An exit status may mean that there are findings; then what counts is whether the output can be read. */
function readOutcome(outcome: SandboxOutcome, id: string, tool: Tool, files: readonly SourceFile[]): Result {
  if (outcome.end === 'cpu' || outcome.end === 'wall') {
    return { status: 'timeout', reason: `${id} took too long over this answer` };
  }
  if (outcome.end !== 'exit') {
    return {
      status: 'failed',
      reason: `${id} ended by ${outcome.end}: ${outcome.reason ?? 'a limit was hit'}`,
    };
  }
  const printed = { stdout: decodeOutput(outcome.stdout), stderr: decodeOutput(outcome.stderr) };
  try {
    const found = tool.read(printed);
    // A tool that found nothing and still is not content was not started as it wants to be.
    if (found.length === 0 && outcome.exit !== 0)
      throw new RangeError(`it ended with status ${outcome.exit}`);
    return { status: 'done', diagnostics: ofAnswer(found, files) };
  } catch (error) {
    const said = displayText(printed.stderr).trim().slice(0, 500);
    return {
      status: 'failed',
      reason: `${id} gave no readable output: ${said === '' ? messageOf(error) : said}`,
    };
  }
}

/** What is said of the answer's own files, as it may be shown; libraries' headers are nobody's fault here. */
function ofAnswer(found: readonly Diagnostic[], files: readonly SourceFile[]): Diagnostic[] {
  const paths = new Set(files.map(({ path }) => path));
  return found
    .map((each) => ({ ...each, file: insideScratch(each.file), message: cleanMessage(each.message) }))
    .filter(({ file }) => paths.has(file))
    .toSorted((a, b) => (a.file === b.file ? a.range.startLine - b.range.startLine : 0))
    .slice(0, mostDiagnostics);
}

function insideScratch(file: string): string {
  const path = file.startsWith(`${scratchFolder}/`) ? file.slice(scratchFolder.length + 1) : file;
  return path.replace(/^(?:\.\/)+/, '');
}

/** A message as a person may see it: checkers quote the answer. */
function cleanMessage(message: string): string {
  return displayText(message.replaceAll('\u00a0', ' ')).trim();
}

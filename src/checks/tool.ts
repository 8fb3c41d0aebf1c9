import { codeHash, distinctFiles } from '../core/task/codeHash.ts';
import type { CheckReport, Diagnostic } from '../core/run/diagnostic.ts';
import { messageOf } from '../core/errors.ts';
import { contentHash } from '../core/text/hash.ts';
import type { FullLimits, SourceFile } from '../core/task/task.ts';
import { layoutProblem } from '../runner/layout.ts';
import { scratchFolder, type Sandbox, type SandboxOutcome } from '../runner/sandbox/sandbox.ts';
import { decodeOutput, displayText } from '../runner/outcome/text.ts';
import type { MissingToolchain } from '../runner/toolchains/toolchain.ts';
import type { FairQueue } from '../runner/queue.ts';
import type { CheckCache, CheckRequest } from './check.ts';
import type { WarmCheckers, WarmWork } from './warm/warmCheckers.ts';

/** A tool that was found, and how it checks one answer. */
export interface Tool {
  readonly version: string;
  /** Absolute path of the program, followed by its arguments. */
  readonly argv: readonly string[];
  /**
   * The content of the scratch folder: the answer's files, in the form that the tool needs, and the tool's
   * own files.
   */
  readonly files: readonly SourceFile[];
  readonly env?: Readonly<Record<string, string>>;
  /** Host paths that the tool reads. */
  readonly readOnly: readonly string[];
  /** See `SandboxJob.reservesMemory`. */
  readonly reservesMemory?: boolean;
  /** How a process that stays up does the same, for a tool that can. */
  readonly warm?: WarmWork;
  /** Identifies the tool's own programs, if its version does not. */
  readonly source?: string | undefined;
  /** Reads the tool's output; may throw any error if the output is invalid. */
  read(printed: Printed): readonly Diagnostic[];
}

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** The name of the missing tool, and how to install it. */
export type MissingTool = Pick<MissingToolchain, 'missing' | 'remedy'>;

/**
 * A checker takes a few seconds of processor time; these limits stop an answer that attacks it. On a busy machine, a few seconds of
 * processor time take minutes.
 */
const limits: FullLimits = {
  cpuMs: 30_000,
  wallMs: 180_000,
  memoryBytes: 3 << 29,
  stackBytes: 3 << 29,
  processes: 64,
  fileBytes: 64 << 20,
  outputBytes: 4 << 20,
};

/** The most findings of one tool that are kept. */
const maxDiagnostics = 300;

type Result = Pick<CheckReport, 'status'> & Partial<CheckReport>;

/** Where tools run, and the reports of earlier runs. */
export interface Workbench {
  readonly sandbox: Sandbox;
  readonly memory?: CheckMemory | undefined;
  /** The processes that stay up; without them, every check starts its own. */
  readonly warm?: WarmCheckers | undefined;
  /**
   * Runs at most as many tools at once as there are processors, because each takes hundreds of megabytes. Both answers
   * progress side by side.
   */
  readonly turns: FairQueue;
}

export interface CheckMemory {
  readonly cache: CheckCache;
  /**
   * Identifies the version of the code that reads the tools' output: another version may read it differently.
   */
  readonly reader: string;
}

/**
 * Runs a tool in the sandbox. Every failure becomes a report: an answer must not be able to hide behind an
 * error. `prepare` finds the tool and returns how to start it for the given files.
 */
export async function runTool(
  id: string,
  { sandbox, memory, warm, turns }: Workbench,
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
    return report({ status: 'missing', reason: `${tool.missing} was not found. ${tool.remedy}` });
  const status = await sandbox.status();
  if (!status.usable)
    return report({ status: 'missing', reason: `${status.missing} is missing. ${status.remedy}` });
  const key = memory && contentHash(dependsOn(id, memory, tool, files));
  // If the store cannot be read or written, the tool runs again: this costs only time.
  const known = key && (await memory.cache.cachedCheck(key).catch(() => undefined));
  if (known) return { ...known, answerId: request.answerId };
  const { argv, readOnly, reservesMemory = false } = tool;
  const env = { ...environment, ...tool.env };
  const outcome =
    (tool.warm && (await warm?.check({ ...tool.warm, env, limits }, signal))) ??
    (await turns.add(request, () =>
      sandbox.run({ argv, files: tool.files, env, readOnly, limits, reservesMemory }, signal),
    ));
  const made = report(readOutcome(outcome, id, tool, files));
  if (key && isLasting(made)) await memory.cache.saveCheck(key, made).catch(() => {});
  return made;
}

/**
 * Everything that determines the report: the tool with its version, arguments and settings, and the answer's
 * files.
 */
function dependsOn(id: string, { reader }: CheckMemory, tool: Tool, files: readonly SourceFile[]): object {
  const { version, source, argv, env = {}, files: laid } = tool;
  return { id, reader, version, source, argv, env, laid, code: codeHash(files) };
}

/**
 * Whether the tool would give the same report again. A missing package may be installed before the next
 * check, and a tool that failed or timed out may succeed.
 */
export function isLasting({ status, diagnostics }: CheckReport): boolean {
  return (
    status === 'done' &&
    !diagnostics.some(({ category, severity }) => category === 'unknown-api' && severity === 'info')
  );
}

const environment = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  // Tools read settings in the home folder, so it must not be that of the answer.
  HOME: '/tmp',
  TMPDIR: '/tmp',
  LANG: 'C.UTF-8',
};

/**
 * An exit status other than 0 may only mean that there are findings, so the report depends on whether the
 * output is readable.
 */
function readOutcome(outcome: SandboxOutcome, id: string, tool: Tool, files: readonly SourceFile[]): Result {
  if (outcome.end === 'cpu' || outcome.end === 'wall') {
    return { status: 'timeout', reason: `${id} took too long for this answer` };
  }
  if (outcome.end !== 'exit') {
    return {
      status: 'failed',
      reason: `${id} was stopped (${outcome.end}): ${outcome.reason ?? 'a limit was hit'}`,
    };
  }
  const printed = { stdout: decodeOutput(outcome.stdout), stderr: decodeOutput(outcome.stderr) };
  try {
    const found = tool.read(printed);
    // A tool without findings and with an exit status other than 0 was not started correctly.
    if (found.length === 0 && outcome.exit !== 0) throw new RangeError(`exit status ${outcome.exit}`);
    return { status: 'done', diagnostics: ofAnswer(found, files) };
  } catch (error) {
    const said = displayText(printed.stderr).trim().slice(0, 500);
    return {
      status: 'failed',
      reason: `${id} gave no readable output: ${said === '' ? messageOf(error) : said}`,
    };
  }
}

/** The findings in the answer's own files, safe to display; findings in library headers are dropped. */
function ofAnswer(found: readonly Diagnostic[], files: readonly SourceFile[]): Diagnostic[] {
  const paths = new Set(files.map(({ path }) => path));
  return found
    .map((each) => ({ ...each, file: insideScratch(each.file) }))
    .filter(({ file }) => paths.has(file))
    .toSorted((a, b) => (a.file === b.file ? a.range.startLine - b.range.startLine : 0))
    .slice(0, maxDiagnostics)
    .map((each) => ({ ...each, message: cleanMessage(each.message) }));
}

function insideScratch(file: string): string {
  const path = file.startsWith(`${scratchFolder}/`) ? file.slice(scratchFolder.length + 1) : file;
  return path.replace(/^(?:\.\/)+/, '');
}

/** A message that is safe to display: checkers quote the answer. */
function cleanMessage(message: string): string {
  return displayText(message.replaceAll('\u00a0', ' ')).trim();
}
